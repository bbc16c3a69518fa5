// A look at what runs have left behind: e-mails in the local mailbox, tickets, leads.

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { shortTime, wholeTime } from "./time.js";

const MOST = 20;

const KINDS = [
  {
    path: "/v1/mailbox", title: "Mailbox", picture: "mail", none: "No e-mail was sent yet.",
    show: ({ to, subject, body }) => ({ title: subject, line: `to ${to}`, text: body }),
  },
  {
    path: "/v1/tickets", title: "Tickets", picture: "ticket", none: "No ticket was opened yet.",
    show: ({ number, subject, priority, email, description }) => ({
      title: `#${number} ${subject}`, line: [priority, email].filter(Boolean).join(", "), text: description,
    }),
  },
  {
    path: "/v1/leads", title: "Leads", picture: "person", none: "No lead was saved yet.",
    show: ({ name, email, company, phone, message }) => ({
      title: name || email, line: [email, company, phone].filter(Boolean).join(", "), text: message,
    }),
  },
];

/** The panel with all three; read whenever it is looked at or something changed. */
export class Records {
  #client;
  #place = byId("records");

  constructor(client) {
    this.#client = client;
  }

  /** Read again, if anybody is looking. */
  async read() {
    if (this.#place.hidden) return;
    const sections = await Promise.all(KINDS.map((kind) => this.#section(kind)));
    this.#place.replaceChildren(...sections);
  }

  async #section(kind) {
    return h("section", { class: "record-kind" }, h("h3", {}, icon(kind.picture), kind.title), await this.#list(kind));
  }

  async #list({ path, none, show }) {
    try {
      const { items } = await this.#client.get(`${path}?limit=${MOST}`);
      if (!items.length) return h("p", { class: "calm-text" }, none);
      return h("ul", { class: "records" }, items.map((item) => recordItem(show(item), item.at ?? item.created_at)));
    } catch (problem) {
      return h("p", { class: "problem" }, problem.message);
    }
  }
}

function recordItem({ title, line, text }, at) {
  return h(
    "li",
    { class: "record" },
    h("p", { class: "record-title", dir: "auto" }, title, at && h("time", { datetime: at, title: wholeTime(at) }, shortTime(at))),
    line && h("p", { class: "calm-text", dir: "auto" }, line),
    text && h("p", { class: "record-text", dir: "auto" }, text),
  );
}
