//! 60 scalars: ints, longs, floats, doubles and booleans, small and large.

use serde::{Deserialize, Serialize};

use super::{Shape, rsgen};
use crate::events::bench::wide;

/// 60 scalars.
pub enum Wide {}

impl Shape for Wide {
    type Event = wide::Measures;
    type Peer = Measures;
    type PeerRef = Measures;
    type Generated = rsgen::wide::Measures;

    const NAME: &'static str = "60 scalars";
    const SCHEMA: &'static str = "wide";

    fn event() -> wide::Measures {
        wide::Measures {
            count_00: 7,
            total_01: 3,
            share_02: 0.375,
            value_03: 4938.27,
            flag_04: true,
            count_05: -1200,
            total_06: 86_400,
            share_07: 1.000,
            value_08: 11_111.11,
            flag_09: false,
            count_10: 83_412,
            total_11: -5_000_000_000,
            share_12: 1.625,
            value_13: 17_283.94,
            flag_14: true,
            count_15: 1_900_000_000,
            total_16: 1_771_027_200_000,
            share_17: 2.250,
            value_18: 23_456.78,
            flag_19: false,
            count_20: 7,
            total_21: 3,
            share_22: 2.875,
            value_23: 29_629.62,
            flag_24: true,
            count_25: -1200,
            total_26: 86_400,
            share_27: 3.500,
            value_28: 35_802.46,
            flag_29: false,
            count_30: 83_412,
            total_31: -5_000_000_000,
            share_32: 4.125,
            value_33: 41_975.30,
            flag_34: true,
            count_35: 1_900_000_000,
            total_36: 1_771_027_200_000,
            share_37: 4.750,
            value_38: 48_148.14,
            flag_39: false,
            count_40: 7,
            total_41: 3,
            share_42: 5.375,
            value_43: 54_320.98,
            flag_44: true,
            count_45: -1200,
            total_46: 86_400,
            share_47: 6.000,
            value_48: 60_493.82,
            flag_49: false,
            count_50: 83_412,
            total_51: -5_000_000_000,
            share_52: 6.625,
            value_53: 66_666.66,
            flag_54: true,
            count_55: 1_900_000_000,
            total_56: 1_771_027_200_000,
            share_57: 7.250,
            value_58: 72_839.50,
            flag_59: false,
        }
    }
}

/// The same for serde's codecs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Measures {
    pub count_00: i32,
    pub total_01: i64,
    pub share_02: f32,
    pub value_03: f64,
    pub flag_04: bool,
    pub count_05: i32,
    pub total_06: i64,
    pub share_07: f32,
    pub value_08: f64,
    pub flag_09: bool,
    pub count_10: i32,
    pub total_11: i64,
    pub share_12: f32,
    pub value_13: f64,
    pub flag_14: bool,
    pub count_15: i32,
    pub total_16: i64,
    pub share_17: f32,
    pub value_18: f64,
    pub flag_19: bool,
    pub count_20: i32,
    pub total_21: i64,
    pub share_22: f32,
    pub value_23: f64,
    pub flag_24: bool,
    pub count_25: i32,
    pub total_26: i64,
    pub share_27: f32,
    pub value_28: f64,
    pub flag_29: bool,
    pub count_30: i32,
    pub total_31: i64,
    pub share_32: f32,
    pub value_33: f64,
    pub flag_34: bool,
    pub count_35: i32,
    pub total_36: i64,
    pub share_37: f32,
    pub value_38: f64,
    pub flag_39: bool,
    pub count_40: i32,
    pub total_41: i64,
    pub share_42: f32,
    pub value_43: f64,
    pub flag_44: bool,
    pub count_45: i32,
    pub total_46: i64,
    pub share_47: f32,
    pub value_48: f64,
    pub flag_49: bool,
    pub count_50: i32,
    pub total_51: i64,
    pub share_52: f32,
    pub value_53: f64,
    pub flag_54: bool,
    pub count_55: i32,
    pub total_56: i64,
    pub share_57: f32,
    pub value_58: f64,
    pub flag_59: bool,
}
