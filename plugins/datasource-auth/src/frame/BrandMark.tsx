import { useTheme } from '@material-ui/core/styles';
import { brandOf } from './brandOf';
import { LetterMark } from './LetterMark';
import { MarkTile } from './MarkTile';
import type { ProviderMarkProps } from './ProviderMark';

/** The logo of a provider in black or white on its color, or a letter. It loads separately. */
const BrandMark = ({ title, name, host, size }: ProviderMarkProps) => {
  const { palette } = useTheme();
  const brand = brandOf({ name, host });
  if (!brand) return <LetterMark title={title} size={size} />;
  return (
    <MarkTile
      size={size}
      background={brand.color}
      color={palette.getContrastText(brand.color)}
    >
      <svg viewBox="0 0 24 24" width="62%" height="62%" fill="currentColor">
        <path d={brand.path} />
      </svg>
    </MarkTile>
  );
};

export default BrandMark;
