/** Who forgot their password asks for a link by e-mail. */

import { Alert, Anchor, Button, Stack, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link, useLocation } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Outside } from "./Outside";
import { Refused } from "./Refused";
import { outside } from "./texts";

export default function Forgot() {
  const say = useTexts(outside);
  const { state } = useLocation() as { state: { email?: string } | null };
  const [email, setEmail] = useState(state?.email ?? "");
  const asking = $api.useMutation("post", "/v1/password-resets");
  const ask = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate({ body: { email: email.trim() } });
  };
  return (
    <Outside title={say("forgotten")} lead={asking.isSuccess ? undefined : say("forgottenText")}>
      {asking.isSuccess ? (
        <Alert color="teal" role="status" icon={<IconMail size={18} />}>
          {say("onItsWay", { email: email.trim() })}
        </Alert>
      ) : (
        <form onSubmit={ask} noValidate>
          <Stack>
            <TextInput
              label={say("email")}
              type="email"
              autoComplete="username"
              value={email}
              onChange={event => setEmail(event.currentTarget.value)}
              maxLength={254}
              autoFocus
            />
            {asking.error && <Refused error={asking.error} notIn={say("noWorkspace")} />}
            <Button type="submit" fullWidth loading={asking.isPending} disabled={!email.trim()}>
              {say("sendLink")}
            </Button>
          </Stack>
        </form>
      )}
      <Anchor component={Link} to="/sign-in" fz="sm">
        {say("toSignIn")}
      </Anchor>
    </Outside>
  );
}
