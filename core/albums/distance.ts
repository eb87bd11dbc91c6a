/**
 * Distance of two places in integers: the equirectangular approximation on a sphere of 6,371,008.8 m (the mean radius of
 * IUGG), with the cosine of the middle latitude from a committed table by linear interpolation (off by less than 4e-5). Every
 * comparison is exact over BigInt, so it is the same on every engine. Against the great circle it is off by less than 0.5 % up
 * to 500 km away from the poles; further away it still gives one answer, only a rougher one.
 */
import type { Place } from "../index/index-record.ts";

/** Cosine of 0°, 1°, … 90° in 1e-9. */
const cosines: readonly number[] = [
  1_000_000_000, 999_847_695, 999_390_827, 998_629_535, 997_564_050, 996_194_698, 994_521_895, 992_546_152, 990_268_069,
  987_688_341, 984_807_753, 981_627_183, 978_147_601, 974_370_065, 970_295_726, 965_925_826, 961_261_696, 956_304_756,
  951_056_516, 945_518_576, 939_692_621, 933_580_426, 927_183_855, 920_504_853, 913_545_458, 906_307_787, 898_794_046,
  891_006_524, 882_947_593, 874_619_707, 866_025_404, 857_167_301, 848_048_096, 838_670_568, 829_037_573, 819_152_044,
  809_016_994, 798_635_510, 788_010_754, 777_145_961, 766_044_443, 754_709_580, 743_144_825, 731_353_702, 719_339_800,
  707_106_781, 694_658_370, 681_998_360, 669_130_606, 656_059_029, 642_787_610, 629_320_391, 615_661_475, 601_815_023,
  587_785_252, 573_576_436, 559_192_903, 544_639_035, 529_919_264, 515_038_075, 500_000_000, 484_809_620, 469_471_563,
  453_990_500, 438_371_147, 422_618_262, 406_736_643, 390_731_128, 374_606_593, 358_367_950, 342_020_143, 325_568_154,
  309_016_994, 292_371_705, 275_637_356, 258_819_045, 241_921_896, 224_951_054, 207_911_691, 190_808_995, 173_648_178,
  156_434_465, 139_173_101, 121_869_343, 104_528_463, 87_155_743, 69_756_474, 52_335_956, 34_899_497, 17_452_406, 0,
];

/** Length of 1e-7 degrees on a great circle, in nanometres. */
const unitLength = 11_119_508n;
const degree = 10_000_000;
const fullCircle = 360 * degree;

/** Whether two places are at most `meters` apart. */
export function isWithin(a: Place, b: Place, meters: number): boolean {
  const apart = Math.abs(a.longitude - b.longitude);
  const east = BigInt(Math.min(apart, fullCircle - apart)) * BigInt(cosineOf(Math.floor(Math.abs(a.latitude + b.latitude) / 2)));
  const north = BigInt(Math.abs(a.latitude - b.latitude)) * 1_000_000_000n;
  const radius = BigInt(meters) * 1_000_000_000_000_000_000n;
  return (east * east + north * north) * unitLength * unitLength <= radius * radius;
}

/** Cosine in 1e-9 of a latitude of 0 … 90° in 1e-7 degrees, rounded down. */
function cosineOf(latitude: number): number {
  const below = Math.floor(latitude / degree);
  const [from = 0, to = 0] = cosines.slice(below, below + 2);
  return from - Math.floor(((from - to) * (latitude % degree)) / degree);
}
