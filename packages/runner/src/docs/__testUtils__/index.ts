export { type Generated, generatedPage, generatedPart } from './generated';
export { markdownTable } from './markdownTable';
export { MarkdownPage } from './MarkdownPage';
export {
  readResponseTypes,
  type ResponseType,
  withInnerTypes,
} from './responseTypes';
