export { sampleConsumerPlugin as default } from './plugin';
