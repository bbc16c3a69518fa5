import { Alert } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Problem } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { ErrorNote, sentence } from "../../ui/ErrorNote";
import { outside } from "./texts";

interface Props {
  readonly error: unknown;
  /** What it means here that somebody is not let in. */
  readonly notIn: string;
  /** What to say of a wrong password where no e-mail address goes with it. */
  readonly wrong?: string;
}

/** Why somebody does not get in: the server's own sentence in English, the catalogue's in other languages. */
export function Refused({ error, notIn, wrong }: Props) {
  const say = useTexts(outside);
  const { language } = useLanguage();
  if (!(error instanceof Problem)) return <ErrorNote error={error} />;
  const known: Readonly<Record<string, string>> = {
    "wrong-password": wrong ?? say("wrongPassword"),
    "too-many": say("tooMany"),
    "unfit-password": say("unfitPassword"),
    "needs-https": say("needsHttps"),
    "not-invited": notIn,
    "link-over": notIn,
    "no-mail": say("noMail"),
  };
  const kind = error.type.split(":").at(-1) ?? "";
  // a link of which something is missing
  const translated = kind === "not-found" ? notIn : language === "en" ? undefined : known[kind];
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />}>
      {translated ?? sentence(error)}
    </Alert>
  );
}
