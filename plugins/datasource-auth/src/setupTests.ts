import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';
import { skipRules } from './__testUtils__/skipRules';

// The editor has a hundred fields, and jsdom computes the role and name of each for every query.
jest.setTimeout(30_000);

// A busy machine must not fail a test.
configure({ asyncUtilTimeout: 10_000 });

skipRules(document);
