// The ES module: nothing happens until `mount` is called, or the page has a `<deskhand-chat>`.

import "./texts";
import "./sheet";
import type { mount as Mount } from "../widget";
import { createChat } from "./chat";
import { defineElement, folderOf } from "./element";

const server = folderOf(import.meta.url);
defineElement(server);

export const mount: typeof Mount = options =>
  createChat({ ...options, server: options.server ? folderOf(`${options.server}/`) : server });
