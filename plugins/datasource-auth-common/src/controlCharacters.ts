// eslint-disable-next-line no-control-regex -- the URL parser drops tabs and line breaks: `/\t/evil` becomes `//evil`
export const CONTROL_OR_SPACE = /[\u0000-\u0020\u007f]/;
