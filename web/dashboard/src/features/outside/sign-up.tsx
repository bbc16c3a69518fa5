/** Set-up with the link that the server printed, or sign-up where everybody may. */

import { Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useLocation, useSearchParams } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { Prose } from "../../ui/Prose";
import { useEnter } from "./entering";
import { NewPassword } from "./NewPassword";
import { Outside } from "./Outside";
import { Refused } from "./Refused";
import { outside } from "./texts";

export default function SignUp() {
  const say = useTexts(outside);
  const [search] = useSearchParams();
  const setsUp = useLocation().pathname === "/setup";
  const token = search.get("token");
  if (setsUp && token) {
    return (
      <Outside title={say("setUp")} lead={say("setUpText")}>
        <Form token={token} />
      </Outside>
    );
  }
  return setsUp ? <Told title={say("noToken")} text={say("noTokenText")} /> : <Open />;
}

/** Where everybody may make a workspace, the form; elsewhere why not. */
function Open() {
  const say = useTexts(outside);
  const ways = $api.useQuery("get", "/v1/sign-in");
  if (ways.data?.sign_up === "invited") return <Told title={say("closed")} text={say("closedText")} />;
  return (
    <Outside title={say("signUp")} lead={say("signUpText")}>
      <Loaded query={ways}>{() => <Form token={null} />}</Loaded>
      <ToSignIn />
    </Outside>
  );
}

function Told({ title, text }: { title: string; text: string }) {
  return (
    <Outside title={title}>
      <Text fz="sm" component="div">
        <Prose text={text} />
      </Text>
      <ToSignIn />
    </Outside>
  );
}

function ToSignIn() {
  const say = useTexts(outside);
  return (
    <Anchor component={Link} to="/sign-in" fz="sm">
      {say("haveAccount")}
    </Anchor>
  );
}

const NOTHING = { workspace: "", name: "", email: "", password: "" };

function Form({ token }: { token: string | null }) {
  const say = useTexts(outside);
  const enter = useEnter();
  const [given, setGiven] = useState(NOTHING);
  const making = $api.useMutation("post", "/v1/sign-up", { onSuccess: me => enter(me) });
  const set = (change: Partial<typeof NOTHING>) => setGiven(before => ({ ...before, ...change }));
  const make = (event: FormEvent) => {
    event.preventDefault();
    making.mutate({ body: { ...given, workspace: given.workspace.trim() || null, token } });
  };
  const complete = given.name.trim() && given.email.trim() && given.password;
  return (
    <form onSubmit={make} noValidate>
      <Stack>
        <TextInput
          label={say("workspace")}
          description={say("workspaceHint")}
          placeholder={say("workspaceExample")}
          autoComplete="organization"
          maxLength={100}
          value={given.workspace}
          onChange={event => set({ workspace: event.currentTarget.value })}
          autoFocus
        />
        <TextInput
          label={say("name")}
          description={say("nameHint")}
          autoComplete="name"
          maxLength={100}
          value={given.name}
          onChange={event => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label={say("email")}
          type="email"
          autoComplete="username"
          maxLength={254}
          value={given.email}
          onChange={event => set({ email: event.currentTarget.value })}
        />
        <NewPassword label={say("password")} value={given.password} set={password => set({ password })} />
        {making.error && <Refused error={making.error} notIn={say("linkOver")} />}
        <Button type="submit" fullWidth loading={making.isPending} disabled={!complete}>
          {say("begin")}
        </Button>
      </Stack>
    </form>
  );
}
