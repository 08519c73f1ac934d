import { Fragment } from 'react';

/** The parts of an address, the scheme with the host, each with the slash that ends it. */
const OF_ADDRESS = /((?:[a-z]+:\/\/)?[^/]*\/)/;
/** The parts of a dotted name, each with its dot. */
const OF_NAME = /([^.]*\.)/;

/** The parts of a text, each with the place where it begins. */
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

/** An address or a dotted name, broken where its parts meet if it is too long. What is copied of it has no breaks. */
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
