// Writing a message: Enter sends, Shift and Enter begins a new line, and a kind word where it gets too long.

import { byId } from "./dom.js";
import { LANGUAGE, phrase } from "./phrases.js";

const LONGEST = 10_000;
const MENTIONED_FROM = 9_000;
const HIGHEST = 160;

/** Let a form with a textarea send its text; `send` gets the text, which is then gone from the form. */
export function setUpWriting(form, area, send) {
  area.addEventListener("input", () => grow(area));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return; // composing: Enter chooses a character
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = area.value.trim();
    if (!text || length(text) > LONGEST) {
      area.focus();
      return;
    }
    area.value = "";
    area.dispatchEvent(new Event("input"));
    send(text);
    area.focus();
  });
}

/** The customer's composer. */
export function setUpComposer(outbox) {
  const form = byId("composer");
  const area = byId("message");
  setUpWriting(form, area, (text) => {
    byId("chat-note").textContent = "";
    outbox.say(text);
  });
  area.addEventListener("input", () => tellLength(form, area));
}

/** Put words into the composer, ready to be sent or changed. */
export function suggest(text) {
  const area = byId("message");
  area.value = text;
  area.dispatchEvent(new Event("input"));
  area.focus();
}

function tellLength(form, area) {
  const count = length(area.value.trim());
  const tooLong = count > LONGEST;
  const place = byId("message-length");
  place.classList.toggle("problem", tooLong);
  area.setAttribute("aria-invalid", tooLong);
  form.querySelector("[type=submit]").disabled = tooLong;
  const number = (value) => value.toLocaleString(LANGUAGE);
  if (tooLong) place.textContent = phrase("too_long", { number: number(count - LONGEST) });
  else place.textContent = count >= MENTIONED_FROM ? phrase("length", { number: number(count), most: number(LONGEST) }) : "";
}

const length = (text) => [...text].length; // characters as the server counts them, not UTF-16 units

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight, HIGHEST)}px`;
}
