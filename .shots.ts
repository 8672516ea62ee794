import { readFileSync, mkdirSync } from 'node:fs';
import { launch, openDesk, typeCredentials } from './tests/e2e/browser.ts';
mkdirSync('/tmp/settle-shots', { recursive: true });
const demo = JSON.parse(readFileSync('/tmp/settle-home/demo.json', 'utf8'));
const [country, user, lang, ...paths] = process.argv.slice(2);
const node = demo.nodes.find((n: any) => n.country === country);
const pw = node.users.find((u: any) => u.username === user).password;
const browser = await launch();
for (const width of (process.env.W ?? '1280').split(',').map(Number)) {
  const desk = await openDesk(browser, node.baseUrl, { viewport: { width, height: 900 } });
  await desk.page.addInitScript(`localStorage.setItem('serai.language','${lang}')`);
  await desk.page.goto('/console/');
  await typeCredentials(desk.page, user!, pw);
  await desk.page.getByRole('heading', { level: 1 }).first().waitFor();
  for (const path of paths) {
    await desk.page.goto('/console' + path);
    await desk.page.locator('main:not(:has(.loading, .bone)) h1').waitFor();
    await desk.page.waitForTimeout(600);
    const name = `${country}-${user}-${lang}-${width}${path.replaceAll('/', '_').slice(0, 60)}`;
    await desk.page.screenshot({ path: `/tmp/settle-shots/${name}.png`, fullPage: true });
    if (process.env.PARTS) {
      const h = await desk.page.evaluate(() => document.documentElement.scrollHeight);
      for (let i = 0, y = 0; y < Math.min(h, 900 * Number(process.env.PARTS)); y += 900, i++)
        await desk.page.screenshot({ path: `/tmp/settle-shots/${name}-part${i}.png`, fullPage: true, clip: { x: 0, y, width, height: Math.min(900, h - y) } });
    }
    if (process.env.PRINT) {
      await desk.page.emulateMedia({ media: 'print' });
      await desk.page.setViewportSize({ width: 718, height: 1000 });
      await desk.page.screenshot({ path: `/tmp/settle-shots/${name}-print.png`, clip: { x: 0, y: 0, width: 718, height: 1000 }, fullPage: true });
      await desk.page.emulateMedia({ media: 'screen' });
      await desk.page.setViewportSize({ width, height: 900 });
    }
    const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    if (process.env.PDF) {
      await desk.page.emulateMedia({ media: 'print' });
      await desk.page.pdf({ path: `/tmp/settle-shots/${name}.pdf`, format: 'A4' });
      await desk.page.emulateMedia({ media: 'screen' });
    }
    console.log(name, wide ? 'WIDE' : '', desk.problems.splice(0).join('; '));
  }
  await desk.context.close();
}
await browser.close();
