/** Shapes of selectors in the default style sheet of jsdom, and a few more. */
const SELECTORS = [
  'html, body',
  'dialog:not([open])',
  '[popover]:not(:popover-open):not(dialog[open])',
  ':link',
  'abbr[title], acronym[title]',
  '[dir]:dir(ltr), bdi:dir(ltr), input[type=tel i]:dir(ltr)',
  ':is(dir, menu, ol, ul) :is(dir, menu, ul)',
  'thead, tbody, tfoot, table > tr',
  'table[rules=all i] > tbody > tr > td, th',
  'input:not([type=image i], [type=range i])',
  'input:is([type=reset i], [type=button i]), button',
  'textarea[dir=auto i], pre[dir=auto i]',
  'img:is([sizes="auto" i], [sizes^="auto," i])',
  'details > summary:first-of-type',
  '[hidden]:not([hidden=until-found i]):not(embed)',
  'input[type=hidden i]',
  'label~input',
  'h1+p',
  '.Mui-disabled.Mui-focused',
  '*',
];

const PAGE = `
  <h1>A</h1><p dir="ltr">B <a href="/c">C</a> <abbr title="d">D</abbr></p>
  <dialog>E</dialog><dialog open>F</dialog><div popover>G</div><div hidden>H</div><div hidden="until-found">I</div>
  <ul><li>J<ol><li>K<ul><li>L</li></ul></li></ol></li></ul>
  <table rules="ALL"><tbody><tr><td>M</td><th>N</th></tr></tbody></table>
  <label>O</label><input type="TEL" dir="ltr"><input type="button"><input type="hidden"><input type="range"><input>
  <button class="Mui-disabled Mui-focused">P</button><textarea dir="auto"></textarea><img sizes="auto">
  <details><summary>Q</summary>R</details><svg><a href="/s"><title>S</title></a></svg>`;

/** Skipping must not change what applies to an element. `setupTests` has turned it on. */
it.each(SELECTORS)('still applies the rules of %s', selector => {
  document.body.innerHTML = PAGE;
  const style = document.createElement('style');
  style.textContent = `${selector} { quotes: none }`;
  document.head.replaceChildren(style);
  const elements = [...document.querySelectorAll('*')];

  const expected = elements.filter(element => element.matches(selector));
  expect(expected).not.toEqual([]);
  expect(
    elements.filter(
      element =>
        getComputedStyle(element).getPropertyValue('quotes') === 'none',
    ),
  ).toEqual(expected);
});
