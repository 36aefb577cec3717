import { DOUBLE, SINGLE } from '../../test/samples';
import { meetsAcr, reportedAcr } from './acr';

const REACHABLE = [SINGLE, DOUBLE];

describe('acr', () => {
  it.each([
    [[], false, SINGLE, true, SINGLE],
    [[SINGLE], false, SINGLE, true, SINGLE],
    [[DOUBLE], false, SINGLE, false, SINGLE],
    [[DOUBLE, SINGLE], false, SINGLE, true, SINGLE],
    [[SINGLE], false, DOUBLE, true, SINGLE],
    [['1', '2'], false, SINGLE, true, SINGLE],
    [['1', DOUBLE], false, SINGLE, false, SINGLE],
    [['1'], true, SINGLE, false, SINGLE],
    [[DOUBLE], true, DOUBLE, true, DOUBLE],
  ])(
    'OIDC Core §5.5.1.1 %j, essential %s, of a sign-in with %s: met %s, reported %s',
    (acrValues, acrEssential, acr, ...[met, reported]) => {
      expect(meetsAcr({ acrValues, acrEssential }, acr, REACHABLE)).toBe(met);
      expect(reportedAcr({ acrValues, acrEssential }, acr, REACHABLE)).toBe(reported);
    },
  );
});
