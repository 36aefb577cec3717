import { accentColours, contrast } from './accent';

const AA = 4.5;
const samples = ['#2456c5', '#ffffff', '#000000', '#ffe600', '#00ff88', '#ff0000', '#123', '#7f7f7f', '#c0ffee'];

describe('accentColours', () => {
  it.each(samples)('%s becomes readable in both schemes', (accent) => {
    const { light, dark } = accentColours(accent);
    expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(AA);
    expect(contrast(dark, '#181b22')).toBeGreaterThanOrEqual(AA);
    expect(contrast(dark, '#0f1218')).toBeGreaterThanOrEqual(AA);
  });

  it('leaves a colour alone that is readable already', () => {
    expect(accentColours('#2456c5').light).toBe('#2456c5');
  });

  it.each(['red', '#12', 'url(x)', '#fff;}', ''])(
    'reads "%s" as no colour and lets nothing of it through',
    (accent) => {
      expect(accentColours(accent)).toEqual(accentColours('#2456c5'));
    },
  );
});
