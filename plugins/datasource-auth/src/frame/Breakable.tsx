import { Fragment } from 'react';

/** The parts of a URL: scheme with host, then each segment with its trailing slash. */
const OF_ADDRESS = /((?:[a-z]+:\/\/)?[^/]*\/)/;
/** The parts of a dotted name, each with its dot. */
const OF_NAME = /([^.]*\.)/;

/** Returns the parts of a text with their positions. */
function partsOf(text: string): Array<{ begin: number; part: string }> {
  let end = 0;
  return text
    .split(text.includes('/') ? OF_ADDRESS : OF_NAME)
    .filter(Boolean)
    .map(part => {
      const begin = end;
      end += part.length;
      return { begin, part };
    });
}

/** A URL or dotted name that wraps between its parts. Copying it doesn't include the line breaks. */
export const Breakable = ({ text }: { text: string }) => (
  <>
    {partsOf(text).map(({ begin, part }) => (
      <Fragment key={begin}>
        {part}
        <wbr />
      </Fragment>
    ))}
  </>
);
