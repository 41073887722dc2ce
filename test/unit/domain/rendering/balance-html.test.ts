import { fc } from '../../../support/properties';
import { balanceHtml } from '../../../../src/domain/rendering/balance-html';
import { unbalancedTags, visibleText } from './html';

describe('balanced HTML', () => {
  test.each([
    '<p>a<br>b <img src="x">c</p>',
    `<table><tr><td title='a "b" > c'>d</td></tr></table>`,
    '<style>p > a { } </style><p>a &amp; b &nbsp; c < d</p>',
    '<!--[if mso]><table><tr><td><![endif]--><p>a</p><!--[if mso]></td></tr></table><![endif]-->',
    '<p>Word <o:p></o:p></p>',
    '<p>\n<b>Description:</b> <p>a</p><br>\n</p>',
    'no tags',
    '',
  ])('stays as it is: %s', (html) => {
    expect(balanceHtml(html)).toBe(html);
  });

  test.each([
    ['<div><p>a', '<div><p>a</p></div>'],
    ['<ul><li>a<li>b</ul>', '<ul><li>a</li><li>b</li></ul>'],
    ['a</div>b', 'ab'],
    ['<b><i>a</b></i>', '<b><i>a</i></b>'],
    [`<div title='a "b"'>&amp; c`, '<div title="a &quot;b&quot;">&amp; c</div>'],
    ['<p>a</p><!-- b', '<p>a</p><!-- b-->'],
    ['<p>a</p><div title="', '<p>a</p>'],
  ])('is made of %s', (html, balanced) => {
    expect(balanceHtml(html)).toBe(balanced);
  });

  it('is made of anything, without losing text', () => {
    const pieces = fc.constantFrom(
      ...[
        '<div>',
        '</div>',
        '<p>',
        '</p>',
        '<li>',
        '<td>',
        '<tr>',
        '<table>',
        '</table>',
        '<br>',
        '<b title="x">',
        '</b>',
      ],
      ...['a ', '&amp; ', '<i>', '</i>', '<!-- c -->', '\n'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const html = parts.join('');

        const balanced = balanceHtml(html);

        expect(unbalancedTags(balanced)).toEqual([]);
        expect(visibleText(balanced).replaceAll(' ', '')).toBe(visibleText(html).replaceAll(' ', ''));
        expect(balanceHtml(balanced)).toBe(balanced);
      }),
      { numRuns: 2_000 },
    );
  });
});
