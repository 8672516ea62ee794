import { createContext, type ReactNode, useContext } from 'react';

/**
 * How panels move between screens without knowing the router: the app that shows them says what a place's address is.
 */
export type Place =
  | { readonly screen: 'find' }
  | { readonly screen: 'register' }
  | { readonly screen: 'person'; readonly personId: string; readonly section?: string }
  | { readonly screen: 'assess'; readonly personId: string }
  | { readonly screen: 'scan' }
  | { readonly screen: 'received' }
  | { readonly screen: 'received-record'; readonly id: string }
  /** A screen a domain registered by its path (`ui/screen.ts`). */
  | { readonly screen: 'at'; readonly path: string };

export interface Navigation {
  readonly hrefOf: (place: Place) => string;
  readonly go: (place: Place, options?: { readonly replace?: boolean }) => void;
}

const NavigationContext = createContext<Navigation>({ hrefOf: () => '#', go: () => {} });

export const NavigationProvider = NavigationContext;

export function useNavigation(): Navigation {
  return useContext(NavigationContext);
}

/** A link to another screen: a real address, so that it can be opened in a new tab, and no reload when clicked. */
export function PlaceLink(props: { readonly to: Place; readonly className?: string; readonly children: ReactNode }) {
  const { hrefOf, go } = useNavigation();
  return (
    <a
      className={props.className}
      href={hrefOf(props.to)}
      onClick={(event) => {
        if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
          event.preventDefault();
          go(props.to);
        }
      }}
    >
      {props.children}
    </a>
  );
}
