//! A topic object with its own codec and partitioner, and sending by its handle.

use std::ffi::{CStr, CString, c_char, c_void};
use std::ptr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rdkafka::error::RDKafkaErrorCode;
use rdkafka::message::BorrowedMessage;
use rdkafka::producer::{BaseProducer, Producer as _, ProducerContext};
use rdkafka_sys as rdsys;
use rdsys::types::RDKafkaRespErr;

/// A topic object of a producer, made with settings of its own before anything else named the topic.
pub(crate) struct NativeTopic<C: ProducerContext> {
    topic: *mut rdsys::rd_kafka_topic_t,
    /// The topic object lives no longer than its producer.
    producer: Arc<BaseProducer<C>>,
}

// SAFETY: librdkafka's topic objects are reference-counted and locked inside; `rd_kafka_produce` may be called from any thread.
unsafe impl<C: ProducerContext> Send for NativeTopic<C> {}
// SAFETY: as above.
unsafe impl<C: ProducerContext> Sync for NativeTopic<C> {}

/// Why a topic object could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TopicFailure {
    /// librdkafka refused a setting.
    Setting(String),
    /// Somebody named the topic before: its first settings stay.
    TooLate,
    /// librdkafka refused the topic.
    Refused(RDKafkaErrorCode),
}

/// The partitioner chooses (`RD_KAFKA_PARTITION_UA`).
const ANY_PARTITION: i32 = -1;

/// A header's name and value.
pub(crate) type Header<'a> = (&'a CStr, &'a [u8]);

impl<C: ProducerContext> NativeTopic<C> {
    /// Makes the topic object, and proves that the settings are in force.
    pub(crate) fn prime(producer: &Arc<BaseProducer<C>>, name: &str, settings: &[(&str, &str)]) -> Result<Self, TopicFailure> {
        /// Tells a topic object of ours from one that was there before.
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let mark = ptr::without_provenance_mut::<c_void>(NEXT.fetch_add(1, Ordering::Relaxed));
        let name = CString::new(name).map_err(|_| TopicFailure::Setting("a topic's name has no NUL".to_owned()))?;
        let client = producer.client().native_ptr();
        // The duplicate of the defaults, not a new one, which would lose `partitioner` and `message.timeout.ms`.
        // SAFETY: the producer is alive; the result is owned here.
        let conf = unsafe { rdsys::rd_kafka_default_topic_conf_dup(client) };
        for (key, value) in settings {
            if let Err(failure) = set(conf, key, value) {
                // SAFETY: owned, and not given away yet.
                unsafe { rdsys::rd_kafka_topic_conf_destroy(conf) };
                return Err(failure);
            }
        }
        // SAFETY: `conf` is owned; the mark is never read through. `rd_kafka_topic_new` takes `conf` over, also where it fails.
        let topic = unsafe {
            rdsys::rd_kafka_topic_conf_set_opaque(conf, mark);
            rdsys::rd_kafka_topic_new(client, name.as_ptr(), conf)
        };
        if topic.is_null() {
            // SAFETY: reads the calling thread's last error.
            return Err(TopicFailure::Refused(unsafe { rdsys::rd_kafka_last_error() }.into()));
        }
        let primed = Self {
            topic,
            producer: producer.clone(),
        };
        // SAFETY: the topic object is alive.
        if unsafe { rdsys::rd_kafka_topic_opaque(topic) } != mark {
            return Err(TopicFailure::TooLate);
        }
        Ok(primed)
    }

    /// Hands a message over, copied, or a tombstone; its report will carry `opaque` back.
    ///
    /// On an error librdkafka has not taken the message, and `opaque` is returned.
    pub(crate) fn produce(
        &self,
        key: Option<&[u8]>,
        value: Option<&[u8]>,
        timestamp: Option<i64>,
        headers: &[Header<'_>],
        opaque: C::DeliveryOpaque,
    ) -> Result<(), (RDKafkaErrorCode, C::DeliveryOpaque)> {
        use rdkafka::util::IntoOpaque as _;
        let opaque = opaque.into_ptr();
        let (key_data, key_length) = key.map_or((ptr::null(), 0), |key| (non_null(key), key.len()));
        let (value_data, value_length) = value.map_or((ptr::null(), 0), |value| (non_null(value), value.len()));
        let error = if headers.is_empty() && timestamp.is_none() {
            // SAFETY: the topic object is alive; the pointers are valid for their lengths, and are only read, during the call.
            let code = unsafe {
                rdsys::rd_kafka_produce(
                    self.topic,
                    ANY_PARTITION,
                    rdsys::RD_KAFKA_MSG_F_COPY,
                    value_data.cast_mut(),
                    value_length,
                    key_data,
                    key_length,
                    opaque,
                )
            };
            // SAFETY: reads the calling thread's last error.
            (code != 0).then(|| unsafe { rdsys::rd_kafka_last_error() })
        } else {
            self.produce_array(
                key.map(|_| (key_data, key_length)),
                (value_data, value_length),
                timestamp,
                headers,
                opaque,
            )
        };
        match error {
            None => Ok(()),
            // SAFETY: `opaque` came from `into_ptr` above, and librdkafka has not taken it.
            Some(error) => Err((error.into(), unsafe { C::DeliveryOpaque::from_ptr(opaque) })),
        }
    }

    /// The same with headers or a timestamp, which the plain call has not.
    fn produce_array(
        &self,
        key: Option<(*const c_void, usize)>,
        value: (*const c_void, usize),
        timestamp: Option<i64>,
        headers: &[Header<'_>],
        opaque: *mut c_void,
    ) -> Option<RDKafkaRespErr> {
        use rdsys::{rd_kafka_vtype_t as Kind, rd_kafka_vu_s__bindgen_ty_1 as Union};
        let mem = |ptr: *const c_void, size| Union {
            mem: rdsys::rd_kafka_vu_s__bindgen_ty_1__bindgen_ty_1 { ptr: ptr.cast_mut(), size },
        };
        let mut arguments = vec![
            (Kind::RD_KAFKA_VTYPE_RKT, Union { rkt: self.topic }),
            (
                Kind::RD_KAFKA_VTYPE_MSGFLAGS,
                Union {
                    i: rdsys::RD_KAFKA_MSG_F_COPY,
                },
            ),
            (Kind::RD_KAFKA_VTYPE_VALUE, mem(value.0, value.1)),
            (Kind::RD_KAFKA_VTYPE_OPAQUE, Union { ptr: opaque }),
        ];
        if let Some((data, length)) = key {
            arguments.push((Kind::RD_KAFKA_VTYPE_KEY, mem(data, length)));
        }
        if let Some(timestamp) = timestamp {
            arguments.push((Kind::RD_KAFKA_VTYPE_TIMESTAMP, Union { i64_: timestamp }));
        }
        for (name, value) in headers {
            let header = rdsys::rd_kafka_vu_s__bindgen_ty_1__bindgen_ty_2 {
                name: name.as_ptr(),
                val: value.as_ptr().cast(),
                // A slice is never longer than `isize::MAX`.
                size: value.len() as isize,
            };
            arguments.push((Kind::RD_KAFKA_VTYPE_HEADER, Union { header }));
        }
        let arguments: Vec<_> = arguments.into_iter().map(|(vtype, u)| rdsys::rd_kafka_vu_s { vtype, u }).collect();
        // SAFETY: each argument holds the member that its kind names; all pointers are valid during the call.
        let error = unsafe { rdsys::rd_kafka_produceva(self.producer.client().native_ptr(), arguments.as_ptr(), arguments.len()) };
        if error.is_null() {
            return None;
        }
        // SAFETY: the error is owned here, read, and given back.
        unsafe {
            let code = rdsys::rd_kafka_error_code(error);
            rdsys::rd_kafka_error_destroy(error);
            Some(code)
        }
    }
}

impl<C: ProducerContext> Drop for NativeTopic<C> {
    fn drop(&mut self) {
        // SAFETY: one reference was taken by `rd_kafka_topic_new`; the producer is still alive.
        unsafe { rdsys::rd_kafka_topic_destroy(self.topic) };
    }
}

/// A pointer to bytes that is not null even where there are none: an empty key is not a null key, nor an empty value a tombstone.
fn non_null(bytes: &[u8]) -> *const c_void {
    bytes.as_ptr().cast()
}

fn set(conf: *mut rdsys::rd_kafka_topic_conf_t, key: &str, value: &str) -> Result<(), TopicFailure> {
    let text = |text: &str| CString::new(text).map_err(|_| TopicFailure::Setting(format!("`{key}` has a NUL")));
    let (name, setting) = (text(key)?, text(value)?);
    let mut reason: [c_char; 512] = [0; 512];
    // SAFETY: `conf` is alive; the texts end with NUL; librdkafka writes at most the stated size, with NUL.
    let result = unsafe { rdsys::rd_kafka_topic_conf_set(conf, name.as_ptr(), setting.as_ptr(), reason.as_mut_ptr(), reason.len()) };
    if result == rdsys::rd_kafka_conf_res_t::RD_KAFKA_CONF_OK {
        return Ok(());
    }
    // SAFETY: as above, the text ends with NUL.
    let reason = unsafe { CStr::from_ptr(reason.as_ptr()) }.to_string_lossy().into_owned();
    Err(TopicFailure::Setting(reason))
}

/// Whether a message may be in the log, by its delivery report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Persistence {
    No,
    Possibly,
    Yes,
}

/// What the report says of its message.
pub(crate) fn persistence(report: &BorrowedMessage<'_>) -> Persistence {
    // SAFETY: the message is borrowed from a report that is alive.
    match unsafe { rdsys::rd_kafka_message_status(report.ptr()) } {
        rdsys::rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_NOT_PERSISTED => Persistence::No,
        rdsys::rd_kafka_msg_status_t::RD_KAFKA_MSG_STATUS_PERSISTED => Persistence::Yes,
        _ => Persistence::Possibly,
    }
}

/// Sends what is queued without waiting for batches to fill, and waits for all reports, which another thread must be serving.
pub(crate) fn flush<C: ProducerContext>(producer: &BaseProducer<C>, deadline: Duration) -> bool {
    let millis = i32::try_from(deadline.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: the producer is alive; with reports as events, the call waits for the queue's length alone.
    let code = unsafe { rdsys::rd_kafka_flush(producer.client().native_ptr(), millis) };
    code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR
}
