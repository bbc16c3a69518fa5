import { Input, SegmentedControl, Stack, useMantineColorScheme } from "@mantine/core";
import { useChooseLanguage } from "../../app/session";
import { isLanguage, useLanguage, useTexts } from "../../i18n/language";
import { LANGUAGES } from "../../i18n/texts";
import { profile } from "./texts";

/** Language and colours; they change as they are chosen. */
export function Looks() {
  const say = useTexts(profile);
  const { language } = useLanguage();
  const choose = useChooseLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack maw={420}>
      <Input.Wrapper label={say("language")} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={say("language")}
          value={language}
          onChange={value => isLanguage(value) && choose(value)}
          data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        />
      </Input.Wrapper>
      <Input.Wrapper label={say("colours")} labelElement="div">
        <SegmentedControl
          fullWidth
          mt={4}
          aria-label={say("colours")}
          value={colorScheme}
          onChange={value => setColorScheme(value as typeof colorScheme)}
          data={[
            { value: "light", label: say("light") },
            { value: "dark", label: say("dark") },
            { value: "auto", label: say("system") },
          ]}
        />
      </Input.Wrapper>
    </Stack>
  );
}
