export * from './conditions';
export * from './datasourceResource';
export * from './rules';
