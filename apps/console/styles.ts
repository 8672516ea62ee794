import '@serai/ui/style/fonts.css';
import '@serai/ui/style/tokens.css';
import '@serai/ui/style/base.css';
import '@serai/ui/style/components.css';
import '@serai/ui/style/record.css';
import '@serai/ui/style/cover.css';
import './shell/shell.css';
import '@serai/ui/style/print.css';
