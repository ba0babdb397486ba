// What a reader loses of this page as it is shown now: text that is cut, lies beside the screen or under
// something that stays in place; a way to help that is out of reach. Run in the page by test_large_text.py.
() => {
  const wide = document.documentElement.clientWidth;
  const name = (e) => `${e.tagName.toLowerCase()}.${e.getAttribute("class") ?? ""} ${JSON.stringify(e.textContent.trim().replace(/\s+/g, " ").slice(0, 40))}`;
  const heardOnly = (e) => {
    for (let at = e; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== "none" || at.matches(".pw-skip")) return true;
    return false;
  };
  const hasOwnScroller = (e) => {
    for (let at = e; at && at !== document.body; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };
  const cut = [];
  const outside = [];
  for (const e of document.querySelectorAll("body *")) {
    if (!e.checkVisibility() || (e.closest("svg") && e.tagName !== "svg") || heardOnly(e)) continue;
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const isBox = style.display !== "inline" && e.clientWidth > 0;
    if (isBox && /hidden|clip/.test(style.overflowX + style.overflowY) && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) cut.push(`cut: ${name(e)}`);
    if (hasOwnScroller(e)) continue;
    const spills = isBox && style.overflowX === "visible" && e.scrollWidth > e.clientWidth + 1 && box.left + e.scrollWidth > wide + 1;
    if (box.width > 0 && (box.right > wide + 1 || box.left < -1 || spills)) outside.push(e);
  }
  const found = [...cut, ...outside.filter((e) => !outside.some((other) => other !== e && e.contains(other))).map((e) => `beside the screen: ${name(e)}`)];
  const over = document.scrollingElement.scrollWidth - wide;
  if (over > 0) found.push(`the page scrolls sideways by ${over} pixels`);

  const menu = document.querySelector(".pw-menu");
  menu.open = false; // it lies over what stands below it, as a menu does
  scrollTo(0, 0);
  for (const way of document.querySelectorAll(".pw-safety a, .pw-menu summary, [data-exit]")) {
    const box = way.getBoundingClientRect();
    way.scrollIntoView({ block: "center" });
    const now = way.getBoundingClientRect();
    const hit = document.elementFromPoint(now.left + now.width / 2, now.top + now.height / 2);
    if (!way.contains(hit)) found.push(`covered: ${name(way)}`);
    if (box.left < -1 || box.right > wide + 1) found.push(`out of reach: ${name(way)}`);
  }
  const exit = document.querySelector(".pw-exit");
  if (exit && exit.getBoundingClientRect().height > innerHeight / 2) found.push("the way out covers half of the screen");
  menu.open = true;
  return found;
}
