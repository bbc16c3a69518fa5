import { Box, Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useTexts } from "../i18n/language";
import { ui } from "./texts";

interface Props {
  readonly page?: boolean;
  readonly rows?: number;
}

/** Grey bars in the place of what is being loaded; they keep its room, so that nothing jumps. */
export function Waiting({ page, rows = 6 }: Props) {
  const say = useTexts(ui);
  return (
    <Box p={page ? "xl" : 0} role="status">
      <VisuallyHidden>{say("loading")}</VisuallyHidden>
      <Stack gap="sm" aria-hidden>
        {page && <Skeleton h={28} w={220} mb="sm" />}
        {Array.from({ length: rows }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: all are alike
          <Skeleton key={at} h={36} />
        ))}
      </Stack>
    </Box>
  );
}
