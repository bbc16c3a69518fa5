/** Sign-in: e-mail and password; in the demo a button is enough. */

import { Alert, Anchor, Button, Code, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Prose } from "../../ui/Prose";
import { useEnter } from "./entering";
import { Outside } from "./Outside";
import classes from "./Outside.module.css";
import { Refused } from "./Refused";
import { outside } from "./texts";

export default function SignIn() {
  const say = useTexts(outside);
  const [search] = useSearchParams();
  const ways = $api.useQuery("get", "/v1/sign-in");
  const next = search.get("next");
  return (
    <Outside title={say("signInTo")}>
      {ways.error && <ErrorNote error={ways.error} retry={() => void ways.refetch()} />}
      {ways.data?.set_up && (
        <Alert title={say("notYet")}>
          <Prose text={say("notYetText")} />
        </Alert>
      )}
      {next && !ways.data?.set_up && (
        <Text fz="sm" role="status">
          {say("ended")}
        </Text>
      )}
      <Form next={next} mails={ways.data?.reset ?? false} />
      {ways.data?.demo && <Demo next={next} />}
      {ways.data?.sign_up === "open" && (
        <Anchor component={Link} to="/sign-up" fz="sm">
          {say("own")}
        </Anchor>
      )}
    </Outside>
  );
}

function Form({ next, mails }: { next: string | null; mails: boolean }) {
  const say = useTexts(outside);
  const enter = useEnter();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signing = $api.useMutation("post", "/v1/sign-in", { onSuccess: me => enter(me, next) });
  const sign = (event: FormEvent) => {
    event.preventDefault();
    signing.mutate({ body: { email, password } });
  };
  return (
    <form onSubmit={sign} noValidate>
      <Stack>
        <TextInput
          label={say("email")}
          type="email"
          autoComplete="username"
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
          autoFocus
        />
        <PasswordInput
          label={say("password")}
          autoComplete="current-password"
          value={password}
          onChange={event => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": say("show") }}
        />
        {signing.error && <Refused error={signing.error} notIn={say("noWorkspace")} />}
        <Button type="submit" fullWidth loading={signing.isPending} disabled={!email.trim() || !password}>
          {say("signIn")}
        </Button>
        {mails ? (
          <Anchor component={Link} to="/forgot" state={{ email }} fz="sm">
            {say("forgotLink")}
          </Anchor>
        ) : (
          <Text fz="xs" c="dimmed">
            {say("forgot")} <Code className={classes.command}>deskhand set-password</Code>
          </Text>
        )}
      </Stack>
    </form>
  );
}

function Demo({ next }: { next: string | null }) {
  const say = useTexts(outside);
  const enter = useEnter();
  const signing = $api.useMutation("post", "/v1/sign-in/demo", { onSuccess: me => enter(me, next) });
  return (
    <>
      {signing.error && <Refused error={signing.error} notIn={say("noWorkspace")} />}
      <Button variant="default" fullWidth onClick={() => signing.mutate({})} loading={signing.isPending}>
        {say("demo")}
      </Button>
    </>
  );
}
