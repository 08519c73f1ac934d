import { flattenMessages } from 'backstage-plugin-datasource-auth-react';
import { datasourceAuthTranslationRef } from '../datasourceAuthTranslationRef';
import { messages } from './messages';

export default flattenMessages(datasourceAuthTranslationRef, messages);
