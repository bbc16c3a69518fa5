// The classic script: starts the chat that its own tag describes, and takes commands as `Deskhand("open")`.

import "./texts";
import "./sheet";
import type { Chat } from "../widget";
import { createChat } from "./chat";
import { defineElement, folderOf, optionsOf } from "./element";
import { each } from "./natives";

type Command = [name: keyof Chat, ...values: never[]];
type Deskhand = ((...command: Command) => unknown) & { q?: Command[]; loaded?: true };

const page = window as unknown as { Deskhand?: Deskhand };
const tag = (document.currentScript ?? document.querySelector("script[data-agent]")) as HTMLScriptElement;

if (!page.Deskhand?.loaded) {
  const server = folderOf(tag.src);
  const early = page.Deskhand?.q ?? [];
  const options = { server, ...optionsOf(tag, "data-") };
  defineElement(server);
  const chat = options.agent ? createChat(options as Parameters<typeof createChat>[0]) : null;
  const deskhand: Deskhand = (name, ...values) =>
    (chat?.[name] as ((...values: never[]) => unknown) | undefined)?.(...values);
  deskhand.loaded = true;
  page.Deskhand = deskhand;
  each(early, command => deskhand(...command));
}
