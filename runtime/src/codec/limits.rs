/// What decoding one event may cost, whatever its bytes claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How deep collections and recursive records may nest.
    pub depth: u32,
    /// How many bytes of memory the items of collections may take, in all.
    pub memory: usize,
}

impl Limits {
    /// 64 levels and 64 MiB.
    pub const DEFAULT: Self = Self {
        depth: 64,
        memory: 64 << 20,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
