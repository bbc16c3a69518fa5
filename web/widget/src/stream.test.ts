import { expect, it } from "vitest";
import { reader } from "./stream";

function heard(...pieces: string[]) {
  const all: [string, string][] = [];
  const read = reader((event, data) => all.push([event, data.trim()]));
  for (const piece of pieces) read(piece);
  return all;
}

const text = 'event: entry\ndata: {"seq":1}\nid: 1\n\n: alive\n\nevent: writing\ndata: {"text":"a: b"}\n\n';

it("reads whole events, wherever the pieces break", () => {
  const whole = heard(text);
  expect(whole).toEqual([
    ["entry", '{"seq":1}'],
    ["writing", '{"text":"a: b"}'],
  ]);
  for (let at = 1; at < text.length; at++) expect(heard(text.slice(0, at), text.slice(at))).toEqual(whole);
  const other = text.replaceAll("\n", "\r\n");
  for (let at = 1; at < other.length; at++) expect(heard(other.slice(0, at), other.slice(at))).toEqual(whole);
});

it("loses nothing of a line that holds what other formats break lines at", () => {
  const words = '{"text":"one\u2028two\u2029three\u0085four"}';
  expect(heard(`event: entry\ndata: ${words}\n\n`)).toEqual([["entry", words]]);
});

it("tells nothing of an event that is not whole yet", () => {
  expect(heard('event: entry\ndata: {"seq":1}\n')).toEqual([]);
});
