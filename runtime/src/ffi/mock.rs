//! librdkafka's mock cluster as a value that threads may share.

use rdkafka::mocking::MockCluster;
use rdkafka::producer::DefaultProducerContext;

/// A mock cluster that owns its client.
pub(crate) struct Mock(pub(crate) MockCluster<'static, DefaultProducerContext>);

// SAFETY: librdkafka runs a mock cluster on a thread of its own; its calls lock it, or ask that thread by a queue, from wherever they come.
// The client that the cluster was made of is owned with it, and goes only with it.
unsafe impl Send for Mock {}
