export { catalogModuleSampleThings as default } from './module';
