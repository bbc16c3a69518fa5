/** The dashboard put together: looks, language, data, addresses. */

import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, useEffect, useRef } from "react";
import { createBrowserRouter, Navigate, type RouteObject, RouterProvider } from "react-router";
import { Problem } from "../api/client";
import { LiveProvider } from "../api/live";
import { LanguageProvider, useLanguage } from "../i18n/language";
import { CommandsProvider } from "./commands";
import { Broken, Missing } from "./Fallbacks";
import { Later } from "./later";
import { Shell } from "./Shell";
import { SpokenTheme } from "./SpokenTheme";
import { HOME, OUTSIDE, SCREENS, type Screen } from "./screens";
import { SignedIn } from "./session";
import { ShortcutsProvider } from "./shortcuts";
import { readable, theme } from "./theme";

const Toasts = lazy(() => import("./Toasts"));
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";
// dialogs keep the page behind them still with a style of their own, which looks for its number here
Object.assign(globalThis, { __webpack_nonce__: nonce });
const colours = localStorageColorSchemeManager();
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // what the server refuses it refuses again; what it could not do now may work in a moment
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status < 500),
    },
  },
});

const route = ({ path, load }: Screen): RouteObject => ({
  path,
  lazy: async () => {
    const [screen] = await Promise.all([load(), path.startsWith(HOME) || import("./allStyles")]);
    return { Component: screen.default };
  },
  errorElement: <Broken />,
});

const router = createBrowserRouter([
  ...OUTSIDE.map(route),
  {
    element: (
      <SignedIn>
        <LiveProvider>
          <Shell />
        </LiveProvider>
      </SignedIn>
    ),
    errorElement: <Broken />,
    hydrateFallbackElement: <></>,
    children: [
      { index: true, element: <Navigate to={HOME} replace /> },
      ...SCREENS.map(route),
      { path: "*", element: <Missing /> },
    ],
  },
]);

/** Asks again for what is on the screen when another language is chosen: sentences of the server are part of it. */
function Retold() {
  const { language } = useLanguage();
  const before = useRef(language);
  useEffect(() => {
    if (before.current === language) return;
    before.current = language;
    void queries.invalidateQueries();
  }, [language]);
  return null;
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={readable}
      colorSchemeManager={colours}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <LanguageProvider>
        <SpokenTheme>
          <QueryClientProvider client={queries}>
            <Retold />
            <ShortcutsProvider>
              <CommandsProvider>
                <Later>
                  <Toasts />
                </Later>
                <RouterProvider router={router} />
              </CommandsProvider>
            </ShortcutsProvider>
          </QueryClientProvider>
        </SpokenTheme>
      </LanguageProvider>
    </MantineProvider>
  );
}
