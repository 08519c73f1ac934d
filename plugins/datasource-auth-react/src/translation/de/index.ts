import { flattenMessages } from '../flattenMessages';
import { datasourceAuthReactTranslationRef } from '../datasourceAuthReactTranslationRef';
import { messages } from './messages';

export default flattenMessages(datasourceAuthReactTranslationRef, messages);
