import '@testing-library/jest-dom';

// The editor has a hundred fields, and jsdom works out the role and name of each for every query.
jest.setTimeout(30_000);
