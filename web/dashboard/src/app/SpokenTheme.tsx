import { MantineThemeProvider } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTexts } from "../i18n/language";
import { ui } from "../ui/texts";

/** What Mantine's parts say by themselves, in the member's language. */
export function SpokenTheme({ children }: { children: ReactNode }) {
  const say = useTexts(ui);
  const theme = useMemo(
    () => ({ components: { CloseButton: { defaultProps: { "aria-label": say("close") } } } }),
    [say],
  );
  return <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>;
}
