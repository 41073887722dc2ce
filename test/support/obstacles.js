/**
 * Runs in a page: what a person could not see or reach there. It is wider than the screen, or something to click is
 * without a name, too small, or cut off at the side.
 */
(() => {
  const found = [];
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`the page is ${scrollWidth} px wide`);
  const controls = 'a, button, summary, input:not([type=hidden]), select, textarea';
  for (const control of document.querySelectorAll(controls)) {
    if (!control.checkVisibility()) continue;
    const name = nameOf(control);
    const what = name || control.outerHTML.slice(0, 120);
    if (name === '') found.push(`no name: ${what}`);
    const { left, right, width, height } = control.getBoundingClientRect();
    if (width < 10 || height < 10) found.push(`too small: ${what}`);
    if (left < 0 || right > innerWidth + 1) found.push(`cut off at the side: ${what}`);
  }
  return found;

  function nameOf(control) {
    const labels = [...(control.labels ?? [])].map((label) => label.innerText);
    const words = [control.innerText, control.ariaLabel, control.title, control.placeholder, ...labels];
    return words.find((text) => (text ?? '').trim() !== '') ?? '';
  }
})();
