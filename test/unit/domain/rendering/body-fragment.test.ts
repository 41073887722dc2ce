import { toBodyFragment } from '../../../../src/domain/rendering/body-fragment';

describe('the inside of a document', () => {
  test.each([
    ['<html>\n<body>\n<p>a</p>\n</body>\n</html>\n', '<p>a</p>'],
    [
      '<!DOCTYPE html><html lang="en"><body bgcolor="#fff"><p>a</p></body></html>',
      '<div bgcolor="#fff"><p>a</p></div>',
    ],
    ['<html><head><title>t</title><style>p{}</style></head><body>a</body></html>', '<style>p{}</style>\na'],
    ['<html><body>never closed', 'never closed'],
    ['<html><body>half closed</html>', 'half closed'],
    ['<!doctype html><html><head><title>t</title></head><p>a</p></html>', '<p>a</p>'],
    ['<head><style>p{}</style></head><p>a</p>', '<style>p{}</style><p>a</p>'],
    [' <p>no document</p> ', '<p>no document</p>'],
  ])('of %j is %j', (document, inside) => {
    expect(toBodyFragment(document)).toBe(inside);
  });
});
