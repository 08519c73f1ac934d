export * from './useDatasourceFetch';
