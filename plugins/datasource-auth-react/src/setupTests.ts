import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A busy machine must not fail a test.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 10_000 });
