import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The editor has a hundred fields, and jsdom works out the role and name of each for every query.
jest.setTimeout(30_000);

// A machine that is busy with something else is no fault of a test.
configure({ asyncUtilTimeout: 10_000 });
