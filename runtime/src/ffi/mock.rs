//! librdkafka's mock cluster, with the settings of it that rdkafka's own type has not.

use std::ffi::{CStr, CString};
use std::time::Duration;

use rdkafka::ClientConfig;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{BaseProducer, Producer as _};
use rdkafka_sys as rdsys;
use rdsys::types::RDKafkaRespErr;

/// Brokers of librdkafka's own, inside of the process.
pub(crate) struct Mock {
    cluster: *mut rdsys::rd_kafka_mock_cluster_t,
    /// The client that the cluster runs on, and must not outlive.
    _client: BaseProducer,
}

// SAFETY: librdkafka runs a mock cluster on a thread of its own; its calls lock it, or ask that thread by a queue, from wherever they come.
unsafe impl Send for Mock {}
// SAFETY: as above.
unsafe impl Sync for Mock {}

impl Mock {
    pub(crate) fn start(brokers: u16) -> Result<Self, KafkaError> {
        let client: BaseProducer = ClientConfig::new().create()?;
        // SAFETY: the client is alive, and lives as long as the cluster.
        let cluster = unsafe { rdsys::rd_kafka_mock_cluster_new(client.client().native_ptr(), i32::from(brokers)) };
        if cluster.is_null() {
            return Err(KafkaError::MockCluster(RDKafkaErrorCode::Fail));
        }
        // A group's first balance waits three seconds for more members: no time that a test or a first step has.
        // SAFETY: the cluster is alive.
        unsafe { rdsys::rd_kafka_mock_group_initial_rebalance_delay_ms(cluster, 0) };
        Ok(Self { cluster, _client: client })
    }

    pub(crate) fn bootstrap_servers(&self) -> String {
        // SAFETY: the cluster is alive, and its text, which ends with NUL, lives as long.
        let text = unsafe { CStr::from_ptr(rdsys::rd_kafka_mock_cluster_bootstraps(self.cluster)) };
        text.to_string_lossy().into_owned()
    }

    pub(crate) fn create_topic(&self, name: &str, partitions: i32, replication: i32) -> Result<(), KafkaError> {
        let name = CString::new(name).map_err(KafkaError::Nul)?;
        // SAFETY: the cluster is alive; the name ends with NUL.
        done(unsafe { rdsys::rd_kafka_mock_topic_create(self.cluster, name.as_ptr(), partitions, replication) })
    }

    pub(crate) fn broker_down(&self, broker: u16) -> Result<(), KafkaError> {
        // SAFETY: the cluster is alive.
        done(unsafe { rdsys::rd_kafka_mock_broker_set_down(self.cluster, i32::from(broker)) })
    }

    pub(crate) fn broker_up(&self, broker: u16) -> Result<(), KafkaError> {
        // SAFETY: the cluster is alive.
        done(unsafe { rdsys::rd_kafka_mock_broker_set_up(self.cluster, i32::from(broker)) })
    }

    /// Every answer of a broker takes so long.
    pub(crate) fn broker_delay(&self, broker: u16, delay: Duration) -> Result<(), KafkaError> {
        let millis = i32::try_from(delay.as_millis()).unwrap_or(i32::MAX);
        // SAFETY: the cluster is alive.
        done(unsafe { rdsys::rd_kafka_mock_broker_set_rtt(self.cluster, i32::from(broker), millis) })
    }

    /// The next requests to write are answered with an error, whichever broker they reach.
    pub(crate) fn refuse_writes(&self, count: usize, error: RDKafkaRespErr) {
        const PRODUCE: i16 = 0;
        let errors = vec![error; count];
        // SAFETY: the cluster is alive; the errors are read during the call.
        unsafe { rdsys::rd_kafka_mock_push_request_errors_array(self.cluster, PRODUCE, errors.len(), errors.as_ptr()) };
    }
}

impl Drop for Mock {
    fn drop(&mut self) {
        // SAFETY: owned; the client goes afterwards, as a field.
        unsafe { rdsys::rd_kafka_mock_cluster_destroy(self.cluster) };
    }
}

fn done(code: RDKafkaRespErr) -> Result<(), KafkaError> {
    if code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
        Ok(())
    } else {
        Err(KafkaError::MockCluster(code.into()))
    }
}
