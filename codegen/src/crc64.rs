//! The checksum that fingerprints are, eight bytes at a step.

/// The specification's empty fingerprint, which is its polynomial too.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

/// What a byte adds, by how many bytes follow it in its step.
static TABLES: [[u64; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut index = 0;
    while index < 256 {
        let mut fingerprint = index as u64;
        let mut bit = 0;
        while bit < 8 {
            fingerprint = (fingerprint >> 1) ^ (EMPTY & (fingerprint & 1).wrapping_neg());
            bit += 1;
        }
        tables[0][index] = fingerprint;
        index += 1;
    }
    let mut following = 1;
    while following < 8 {
        let mut index = 0;
        while index < 256 {
            let before = tables[following - 1][index];
            tables[following][index] = (before >> 8) ^ tables[0][(before & 0xff) as usize];
            index += 1;
        }
        following += 1;
    }
    tables
};

/// CRC-64-AVRO (Rabin) of bytes (specification, "Schema Fingerprints").
#[must_use]
pub fn crc64(bytes: &[u8]) -> u64 {
    let (steps, rest) = bytes.as_chunks::<8>();
    let fingerprint = steps.iter().fold(EMPTY, |fingerprint, step| {
        let mixed = (fingerprint ^ u64::from_le_bytes(*step)).to_le_bytes();
        let added = mixed.iter().zip(TABLES.iter().rev()).map(|(byte, table)| table[usize::from(*byte)]);
        added.fold(0, |sum, added| sum ^ added)
    });
    rest.iter().fold(fingerprint, |fingerprint, byte| {
        (fingerprint >> 8) ^ TABLES[0][((fingerprint ^ u64::from(*byte)) & 0xff) as usize]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the specification writes it, bit by bit.
    fn plain(bytes: &[u8]) -> u64 {
        bytes.iter().fold(EMPTY, |fingerprint, byte| {
            (0..8).fold(fingerprint ^ u64::from(*byte), |fingerprint, _| {
                (fingerprint >> 1) ^ (EMPTY & (fingerprint & 1).wrapping_neg())
            })
        })
    }

    #[test]
    fn steps_of_eight_bytes_are_bytes() {
        let bytes: Vec<u8> = (0..100_u32).map(|number| (number * 37 % 256) as u8).collect();
        for length in 0..bytes.len() {
            assert_eq!(crc64(&bytes[..length]), plain(&bytes[..length]), "{length} bytes");
        }
    }
}
