// Who has the conversation: the agent or a colleague; and what either side can do about it.

import { button, byId, h, replace } from "./dom.js";
import { drawIcon } from "./icons.js";
import { freshId } from "./ids.js";
import { phrase } from "./phrases.js";
import { WAITING, contactLine, dollars } from "./words.js";
import { setUpWriting } from "./composer.js";

/** Show who has the conversation, on the customer's and on the members' side. */
export class Standing {
  #conversation;

  constructor(conversation) {
    this.#conversation = conversation;
    for (const change of ["opened", "lost", "made", "record"]) conversation.addEventListener(change, () => this.show());
    byId("stop").addEventListener("click", () => this.#stop());
    setUpWriting(byId("reply"), byId("reply-text"), (text) => this.#reply(text));
  }

  show() {
    const record = this.#conversation.record;
    const withMember = record?.mode === "member";
    write("chat-status", customersLine(record));
    write("mode", membersLine(record));
    replace(byId("about"), aboutCustomer(record));
    byId("chat").dataset.mode = record?.mode ?? "agent";
    drawIcon(byId("avatar"), withMember ? "person" : "spark");
    byId("stop").hidden = withMember || !(record?.runs?.length || record?.thinking);
    byId("reply").hidden = !withMember;
    this.#showActions(record, withMember);
  }

  #showActions(record, withMember) {
    const act = (label, what, more) =>
      button(label, { kind: "small", "data-key": what, onclick: () => this.#act(what), ...more });
    replace(
      byId("member-actions"),
      record && !withMember && act("Take over", "take-over", { icon: "person" }),
      withMember && act("Hand back to the agent", "hand-back", { icon: "spark" }),
      record?.status === "open" && act("Resolve", "resolve", { icon: "check" }),
    );
  }

  async #stop() {
    byId("chat-note").textContent = "";
    await this.#send("cancel", {}, "chat-note");
    byId("message").focus({ preventScroll: true });
  }

  async #act(what) {
    await this.#send(what, {}, "mode");
    if (what === "take-over") byId("reply-text").focus();
  }

  async #reply(text) {
    byId("reply-problem").textContent = "";
    const sent = await this.#send("reply", { text }, "reply-problem");
    if (!sent) byId("reply-text").value = text;
  }

  async #send(what, body, placeOfProblem) {
    try {
      await this.#conversation.send(what, { ...body, event_id: freshId() });
      await this.#conversation.refresh();
      return true;
    } catch (problem) {
      byId(placeOfProblem).textContent = problem.message;
      return false;
    }
  }
}

function customersLine(record) {
  if (record?.mode === "member") {
    return record.member ? phrase("with_member", { name: record.member }) : phrase("to_member");
  }
  return phrase(record?.status === "resolved" ? "resolved" : "ai");
}

function membersLine(record) {
  if (!record) return "Nothing yet: the conversation begins with the customer’s first message.";
  if (record.status === "resolved") return "This conversation is resolved.";
  if (record.mode === "member") {
    return record.member ? `${record.member} has this conversation.` : "Handed over, not taken yet.";
  }
  const top = record.runs?.at(-1);
  if (record.thinking) return "A model reads what the customer wrote.";
  if (!top) return "With the agent; no procedure is running.";
  return `${top.name}: ${(WAITING[top.waiting] ?? "under way").toLowerCase()}.`;
}

/** Who talks to whom: only what is known. */
function aboutCustomer(record) {
  const facts = [
    ["Agent", record && record.agent !== "default" && record.agent],
    ["Customer", record?.contact && contactLine(record.contact)],
    ["Proved to be", record?.identity],
    ["Topic", record?.topic],
    ["Models cost", record?.cost ? dollars(record.cost) : null],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", { dir: "auto" }, value)));
}

// a live region speaks whenever it is written to, so only news is written
function write(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}
