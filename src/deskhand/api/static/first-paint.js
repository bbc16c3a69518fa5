// A classic script in the head, so that the chosen theme stands before anything is painted.
(() => {
  try {
    const theme = localStorage.getItem("deskhand.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; the system's preference then decides.
  }
})();
