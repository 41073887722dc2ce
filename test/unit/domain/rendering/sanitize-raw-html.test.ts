import { fc } from '../../../support/properties';
import { sanitizeRawHtml } from '../../../../src/domain/rendering/sanitize-raw-html';
import { attributesOf, unbalancedTags } from './html';

const clean = (html: string) => sanitizeRawHtml(html, { lmsBaseUri: 'platform.example.com' });

describe('rich text from Docebo', () => {
  test.each([
    ['formatting', '<p>a <b>b</b> <i>c</i> <u>d</u></p>', '<p>a <b>b</b> <i>c</i> <u>d</u></p>'],
    ['lists', '<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'],
    [
      'tables',
      '<table border="1"><tr><td colspan="2" align="right">a</td></tr></table>',
      '<table border="1"><tr><td colspan="2" align="right">a</td></tr></table>',
    ],
    ['web links', '<a href="http://a.example/?x=1&amp;y=2">a</a>', '<a href="http://a.example/?x=1&amp;y=2">a</a>'],
    ['mail links', '<a href="mailto:a@b.example">a</a>', '<a href="mailto:a@b.example">a</a>'],
    ['images by https', '<img src="https://a.example/i.png" alt="i">', '<img alt="i" src="https://a.example/i.png" />'],
    [
      'harmless styles',
      '<p style="color:#f00;text-align:center">a</p>',
      '<p style="color:#f00;text-align:center">a</p>',
    ],
    ['colour functions', '<p style="color:rgb(1, 2, 3)">a</p>', '<p style="color:rgb(1, 2, 3)">a</p>'],
    ['escaped text', 'a &lt;b&gt; &amp; c', 'a &lt;b&gt; &amp; c'],
    ['plain text', 'seats < 20 & more', 'seats &lt; 20 &amp; more'],
  ])('keeps %s', (_what, html, kept) => {
    expect(clean(html)).toEqual({ html: kept, losses: [] });
  });

  test.each([
    ['scripts', 'a<script>alert(1)</script>b', 'ab', ['active-content']],
    ['frames', 'a<iframe src="https://a.example">c</iframe>b', 'ab', ['active-content']],
    ['forms, but not their text', '<form action="x">a<input name="y"></form>', 'a', ['active-content']],
    ['drawings', 'a<svg onload="x"><text>t</text></svg>b', 'ab', ['active-content']],
    ['style sheets', 'a<style>p{}</style>b', 'ab', []],
    ['event handlers', '<p onclick="x">a</p>', '<p>a</p>', []],
    ['classes and ids', '<p class="c" id="i">a</p>', '<p>a</p>', []],
    ['script links', '<a href=" java\nscript:alert(1)">a</a>', '<a>a</a>', []],
    ['data links', '<a href="data:text/html,x">a</a>', '<a>a</a>', []],
    ['links within a page', '<a href="#top">a</a>', '<a>a</a>', []],
    ['links that are none', '<a href="https://[">a</a>', '<a href="https://[">a</a>', []],
    ['relative links that are none', '<a href="//[">a</a>', '<a>a</a>', []],
    ['styles that fetch', '<p style="background:url(https://a.example/x)">a</p>', '<p>a</p>', []],
    ['styles that run', '<p style="width:expression(alert(1))">a</p>', '<p>a</p>', []],
    ['styles that move things', '<p style="position:fixed;color:red">a</p>', '<p style="color:red">a</p>', []],
    ['image data', 'a<img src="data:image/png;base64,AAAA" alt="i">b', 'ab', ['data-images']],
    ['images by http', 'a<img src="http://a.example/i.png">b', 'ab', ['insecure-images']],
    ['attached images', 'a<img src="cid:1">b', 'ab', ['insecure-images']],
    ['images of nothing', 'a<img alt="i"><img src="">b', 'ab', []],
  ])('loses %s', (_what, html, kept, losses) => {
    expect(clean(html)).toEqual({ html: kept, losses });
  });

  test.each([
    ['<a href="/learn/course/1">a</a>', '<a href="https://platform.example.com/learn/course/1">a</a>'],
    ['<img src="files/i.png">', '<img src="https://platform.example.com/files/i.png" />'],
    ['<img src="//cdn.example.com/i.png">', '<img src="https://cdn.example.com/i.png" />'],
  ])('is relative to the LMS: %s', (html, absolute) => {
    expect(clean(html)).toEqual({ html: absolute, losses: [] });
  });

  test.each(['<div><p>a', '</div></td></body>a', '<b><i>a</b></i>', '<table><tr><td>a', '<p title="', '<!-- a'])(
    'comes out balanced: %s',
    (html) => {
      expect(unbalancedTags(clean(html).html)).toEqual([]);
    },
  );

  it('never lets anything through that runs, whatever the pieces', () => {
    const pieces = fc.constantFrom(
      ...['<', '>', '"', "'", '=', '/', ' ', 'script', 'img', 'svg', 'onerror', 'src', 'href', 'style', 'javascript:'],
      ...[
        'alert(1)',
        '<!--',
        '-->',
        '<![CDATA[',
        '&#106;',
        '&lt;',
        '</p>',
        '<p',
        '<a ',
        '<textarea>',
        '<xmp>',
        '\n',
        'a',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
        const { html } = clean(parts.join(''));

        expect(unbalancedTags(html)).toEqual([]);
        for (const { tag, attributes } of attributesOf(html)) {
          expect(['script', 'svg', 'textarea', 'xmp', 'style']).not.toContain(tag);
          for (const [name, value] of Object.entries(attributes)) {
            expect(name).not.toMatch(/^on/);
            if (name === 'href' || name === 'src') expect(value).toMatch(/^(https?|mailto):/i);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
