import { render, waitFor } from '@testing-library/react';
import { ProviderMark } from './ProviderMark';

jest.mock('./BrandMark', () => {
  throw new Error('The server was updated, and has no such file');
});

it("shows a letter if the logos couldn't be loaded", async () => {
  const { container } = render(<ProviderMark title="GitHub" name="github" />);
  await waitFor(() =>
    expect(container.querySelector('[data-letter="G"]')).toBeInTheDocument(),
  );
});
