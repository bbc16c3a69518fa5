/** How everything looks: Mantine's parts with Deskhand's colours and a denser measure. */

import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const desk: MantineColorsTuple = [
  "#eef1ff",
  "#dde2fb",
  "#b8c2f3",
  "#919fec",
  "#7081e6",
  "#5b6ee2",
  "#4f63e1",
  "#3f55d6",
  "#3647b3",
  "#293990",
];

export const theme = createTheme({
  colors: { desk },
  primaryColor: "desk",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.125rem" },
  headings: {
    fontWeight: "650",
    sizes: { h1: { fontSize: "1.375rem" }, h2: { fontSize: "1.125rem" }, h3: { fontSize: "1rem" } },
  },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Table: { defaultProps: { verticalSpacing: "xs", highlightOnHover: true } },
    Badge: { defaultProps: { variant: "light", tt: "none", fw: 550 } },
  },
});

/** Colours that Mantine leaves too faint to read: WCAG AA asks for 4.5 to 1. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-red-filled": "var(--mantine-color-red-9)",
    "--mantine-color-red-filled-hover": "#b32626",
    "--mantine-color-teal-light-color": "#06664a",
    "--mantine-color-green-light-color": "#1f6a2d",
    "--mantine-color-lime-light-color": "#42670b",
    "--mantine-color-yellow-light-color": "#7a4d00",
    "--mantine-color-orange-light-color": "#963400",
    "--mantine-color-dimmed": "#5c636b",
    "--mantine-color-placeholder": "#6b7280",
    "--mantine-color-error": "#c92a2a",
  },
  dark: {
    "--mantine-color-red-light-color": "var(--mantine-color-red-3)",
    "--mantine-color-red-filled": "var(--mantine-color-red-9)",
    "--mantine-color-red-filled-hover": "#b32626",
    "--mantine-color-anchor": "var(--mantine-color-desk-3)",
    "--mantine-color-dimmed": "#a3a9b1",
    "--mantine-color-placeholder": "#8d939b",
    "--mantine-color-error": "#ff8787",
  },
});
