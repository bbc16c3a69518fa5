// The page's pictures, drawn by the page itself: they are there even when the server is not.

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L15 9.5",
  new: "M12 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-6M17.5 3.5a1.9 1.9 0 0 1 2.8 2.8L12.5 14l-3.5 1 1-3.5 7.5-8Z",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  spark: "M12 3.5c.7 4.6 3.4 7.3 8 8-4.6.7-7.3 3.4-8 8-.7-4.6-3.4-7.3-8-8 4.6-.7 7.3-3.4 8-8Z",
  down: "M12 5v14M6 13l6 6 6-6",
  stop: "M7 7h10v10H7z",
  chat: "M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z",
  steps: "M6 4.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM6 16.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3ZM6 7.5v9M11 6h9M11 18h9M11 12h6",
  shield: "M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6L12 3ZM8.5 12l2.5 2.5 4.5-5",
  copy: "M9 9h9a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2V9ZM15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3",
  check: "M5 12.5l4.5 4.5L19 7",
  cross: "M6 6l12 12M18 6L6 18",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 7.5V12l3 2",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20c.8-3.5 3.8-5.5 7.5-5.5s6.7 2 7.5 5.5",
  ticket: "M4 8a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4V8ZM14 6v12",
  mail: "M5 5.5h14a1.5 1.5 0 0 1 1.5 1.5v10a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 17V7A1.5 1.5 0 0 1 5 5.5ZM4 7l8 6 8-6",
  bell: "M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4",
  tag: "M4 5v6.5l8.5 8.5 7-7L11 4.5H4.5L4 5ZM8 8h.01",
  flag: "M6 21V4M6 4.5h12l-2.5 4 2.5 4H6",
  warning: "M12 4l9 16H3l9-16ZM12 10v4M12 17h.01",
  retry: "M4.5 12a7.5 7.5 0 1 1 2.2 5.3M4 19v-4.5h4.5",
  away: "M9 5H6a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h11a2 2 0 0 0 2-2v-3M14 4h6v6M20 4l-9 9",
  form: "M6 4h12a1.5 1.5 0 0 1 1.5 1.5v13A1.5 1.5 0 0 1 18 20H6a1.5 1.5 0 0 1-1.5-1.5v-13A1.5 1.5 0 0 1 6 4ZM8 9h8M8 13h8M8 17h4",
  code: "M9 7l-5 5 5 5M15 7l5 5-5 5",
  book: "M12 6.5C10 5 7.5 4.5 4 4.5v13.5c3.5 0 6 .5 8 2 2-1.5 4.5-2 8-2V4.5c-3.5 0-6 .5-8 2ZM12 6.5V20",
  thumb_up: "M7.5 10.5v9.5H4v-9.5h3.5ZM7.5 11l4-7.5a2 2 0 0 1 2 2V9H18a2 2 0 0 1 2 2.4l-1.3 6.7A2.4 2.4 0 0 1 16.4 20H7.5",
  thumb_down: "M7.5 13.5V4H4v9.5h3.5ZM7.5 13l4 7.5a2 2 0 0 0 2-2V15H18a2 2 0 0 0 2-2.4l-1.3-6.7A2.4 2.4 0 0 0 16.4 4H7.5",
  menu: "M5 7h14M5 12h14M5 17h14",
  globe: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM3.5 12h17M12 3.5c2.5 2.5 3.5 5.3 3.5 8.5s-1 6-3.5 8.5c-2.5-2.5-3.5-5.3-3.5-8.5s1-6 3.5-8.5Z",
};

/** A picture by its name; it says nothing to a screen reader. */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  drawIcon(picture, name);
  return picture;
}

/** Draw a picture into an `<svg>` that is there already. */
export function drawIcon(picture, name) {
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  picture.replaceChildren(path);
}

/** Draw all pictures that the page's HTML names with `data-icon`. */
export function drawIcons() {
  for (const picture of document.querySelectorAll("svg[data-icon]")) drawIcon(picture, picture.dataset.icon);
}
