//! One queue for the messages of all partitions, and one for the answers to commits, apart from the queue that serves a consumer's
//! rebalances and errors.
//!
//! Leaving the first unread is backpressure that throws nothing away, as `pause` would; meanwhile the consumer stays a member of its group.
//! The second is there since librdkafka tells the answer to an asynchronous commit to a callback alone, which rdkafka does not set.

use std::ffi::{CStr, CString, c_char, c_void};
use std::marker::PhantomData;
use std::ptr;
use std::sync::Arc;
use std::time::Duration;

use rdkafka::TopicPartitionList;
use rdkafka::consumer::{BaseConsumer, Consumer as _, ConsumerContext};
use rdkafka::error::RDKafkaErrorCode;
use rdkafka_sys as rdsys;
use rdsys::types::RDKafkaRespErr;

/// The queue that partitions' messages are forwarded to.
pub(crate) struct DataQueue<C: ConsumerContext> {
    queue: *mut rdsys::rd_kafka_queue_t,
    /// Room for a batch, used again for each.
    batch: Vec<*mut rdsys::rd_kafka_message_t>,
    /// The queue goes before its consumer does.
    consumer: Arc<BaseConsumer<C>>,
}

// SAFETY: librdkafka's queues are reference-counted and locked inside; the messages in `batch` are gone when a call ends.
unsafe impl<C: ConsumerContext> Send for DataQueue<C> {}

/// A message, for the time that it is looked at.
pub(crate) struct Message<'a> {
    raw: &'a rdsys::rd_kafka_message_t,
}

impl<C: ConsumerContext> DataQueue<C> {
    /// A queue of the consumer, for batches of as many messages at the most.
    pub(crate) fn new(consumer: &Arc<BaseConsumer<C>>, batch: usize) -> Self {
        // SAFETY: the client is alive; the queue is owned here.
        let queue = unsafe { rdsys::rd_kafka_queue_new(consumer.client().native_ptr()) };
        Self {
            queue,
            batch: vec![ptr::null_mut(); batch.max(1)],
            consumer: consumer.clone(),
        }
    }

    /// Sends a partition's messages here from now on; to be called before the partition is assigned.
    ///
    /// The forwarding outlives an assignment: librdkafka leaves a partition's queue alone once an application has forwarded it.
    pub(crate) fn adopt(&self, topic: &str, partition: i32) {
        // A topic's name comes from librdkafka, where it is a C string.
        let Ok(topic) = CString::new(topic) else { return };
        // SAFETY: the client and our queue are alive; the reference to the partition's queue is given back.
        unsafe {
            let source = rdsys::rd_kafka_queue_get_partition(self.consumer.client().native_ptr(), topic.as_ptr(), partition);
            if !source.is_null() {
                rdsys::rd_kafka_queue_forward(source, self.queue);
                rdsys::rd_kafka_queue_destroy(source);
            }
        }
    }

    /// Shows at most `limit` messages, in order for each partition; waits for the first until the time is over. Tells how many there were.
    pub(crate) fn read(&mut self, wait: Duration, limit: usize, mut with: impl FnMut(&Message<'_>)) -> usize {
        let limit = limit.min(self.batch.len());
        if limit == 0 {
            return 0;
        }
        let millis = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
        // A batch with a time-out waits until it is full: so the first message is waited for alone, and the rest is what is there.
        // SAFETY: the queue is alive; the message is owned, and destroyed by `Owned`.
        let first = unsafe { rdsys::rd_kafka_consume_queue(self.queue, millis) };
        if first.is_null() {
            return 0;
        }
        with(&Owned(first).view());
        if limit == 1 {
            return 1;
        }
        // SAFETY: the queue is alive; librdkafka writes at most `limit - 1` pointers, for which there is room; each is owned.
        let rest = unsafe { rdsys::rd_kafka_consume_batch_queue(self.queue, 0, self.batch.as_mut_ptr(), limit - 1) };
        let rest = usize::try_from(rest).unwrap_or(0);
        // All are owned before the first is shown: should `with` panic, none leaks.
        let messages: Vec<Owned> = self.batch[..rest].iter().map(|message| Owned(*message)).collect();
        for message in &messages {
            with(&message.view());
        }
        rest + 1
    }
}

impl<C: ConsumerContext> Drop for DataQueue<C> {
    fn drop(&mut self) {
        // SAFETY: owned, and the consumer is still alive.
        unsafe { rdsys::rd_kafka_queue_destroy(self.queue) };
    }
}

/// Commits, and their answers.
pub(crate) struct CommitQueue<C: ConsumerContext> {
    queue: *mut rdsys::rd_kafka_queue_t,
    /// The queue goes before its consumer does.
    consumer: Arc<BaseConsumer<C>>,
}

// SAFETY: librdkafka's queues are reference-counted and locked inside.
unsafe impl<C: ConsumerContext> Send for CommitQueue<C> {}

/// Topics and partitions with the offsets that the group has now.
pub(crate) type Committed = Vec<(String, i32, i64)>;

impl<C: ConsumerContext> CommitQueue<C> {
    pub(crate) fn new(consumer: &Arc<BaseConsumer<C>>) -> Self {
        // SAFETY: the client is alive; the queue is owned here.
        let queue = unsafe { rdsys::rd_kafka_queue_new(consumer.client().native_ptr()) };
        Self {
            queue,
            consumer: consumer.clone(),
        }
    }

    /// Sends offsets on their way; without an error, one answer comes.
    pub(crate) fn commit(&self, offsets: &TopicPartitionList) -> Result<(), RDKafkaErrorCode> {
        // SAFETY: client, list and queue are alive; the list is copied, and the queue's reference kept by the request.
        let code = unsafe {
            rdsys::rd_kafka_commit_queue(
                self.consumer.client().native_ptr(),
                offsets.ptr(),
                self.queue,
                None,
                ptr::null_mut(),
            )
        };
        if code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
            Ok(())
        } else {
            Err(code.into())
        }
    }

    /// An answer that has come.
    pub(crate) fn answer(&self) -> Option<Result<Committed, RDKafkaErrorCode>> {
        // SAFETY: the queue is alive; the event is owned.
        let event = unsafe { rdsys::rd_kafka_queue_poll(self.queue, 0) };
        if event.is_null() {
            return None;
        }
        // SAFETY: the event is alive until it is destroyed below, and so is its list; an entry's topic is a C string.
        unsafe {
            let code = rdsys::rd_kafka_event_error(event);
            let list = rdsys::rd_kafka_event_topic_partition_list(event);
            let count = if list.is_null() { 0 } else { (*list).cnt };
            let entries = (0..usize::try_from(count).unwrap_or(0)).map(|at| &*(*list).elems.add(at));
            let offsets = entries.filter_map(|entry| committed(entry, code)).collect();
            let answer = if code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
                Ok(offsets)
            } else {
                Err(code.into())
            };
            rdsys::rd_kafka_event_destroy(event);
            Some(answer)
        }
    }
}

/// What the group keeps of a partition now. A partition that was refused is logged, unless the whole answer says the same.
///
/// Where one partition is refused, librdkafka notes its error for the answer and for all others: they are committed again.
///
/// # Safety
/// The entry's topic is null or a C string.
unsafe fn committed(entry: &rdsys::rd_kafka_topic_partition_t, whole: RDKafkaRespErr) -> Option<(String, i32, i64)> {
    // SAFETY: by contract.
    let topic = unsafe { text(entry.topic) }.to_string_lossy();
    if entry.err == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR {
        return Some((topic.into_owned(), entry.partition, entry.offset));
    }
    if entry.err != whole {
        let error = RDKafkaErrorCode::from(entry.err);
        tracing::warn!(%topic, partition = entry.partition, offset = entry.offset, %error, "an offset could not be committed");
    }
    None
}

impl<C: ConsumerContext> Drop for CommitQueue<C> {
    fn drop(&mut self) {
        // SAFETY: owned, and the consumer is still alive.
        unsafe { rdsys::rd_kafka_queue_destroy(self.queue) };
    }
}

/// A message of librdkafka's that is ours to destroy.
struct Owned(*mut rdsys::rd_kafka_message_t);

impl Owned {
    fn view(&self) -> Message<'_> {
        // SAFETY: the message is alive until this value is dropped, and nobody writes to it.
        Message { raw: unsafe { &*self.0 } }
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: owned, and destroyed once; the reader of its queue keeps the consumer alive.
        unsafe { rdsys::rd_kafka_message_destroy(self.0) };
    }
}

impl<'a> Message<'a> {
    /// Why this is no message but an error of its partition.
    pub(crate) fn error(&self) -> Option<RDKafkaErrorCode> {
        (self.raw.err != RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR).then(|| self.raw.err.into())
    }

    /// The error in librdkafka's words.
    pub(crate) fn error_text(&self) -> String {
        // SAFETY: the text lives as long as the message does.
        unsafe { text(rdsys::rd_kafka_message_errstr(self.raw)) }
            .to_string_lossy()
            .into_owned()
    }

    pub(crate) fn topic(&self) -> &'a [u8] {
        if self.raw.rkt.is_null() {
            return &[];
        }
        // SAFETY: a message holds its topic object, whose name ends with NUL.
        unsafe { text(rdsys::rd_kafka_topic_name(self.raw.rkt)) }.to_bytes()
    }

    pub(crate) fn partition(&self) -> i32 {
        self.raw.partition
    }

    pub(crate) fn offset(&self) -> i64 {
        self.raw.offset
    }

    /// The value; `None` for a tombstone.
    pub(crate) fn value(&self) -> Option<&'a [u8]> {
        // SAFETY: the message owns the bytes, of that length.
        unsafe { bytes(self.raw.payload, self.raw.len) }
    }

    pub(crate) fn key(&self) -> Option<&'a [u8]> {
        // SAFETY: as above.
        unsafe { bytes(self.raw.key, self.raw.key_len) }
    }

    /// Milliseconds since 1970, where the broker keeps them.
    pub(crate) fn timestamp(&self) -> Option<i64> {
        let mut kind = rdsys::rd_kafka_timestamp_type_t::RD_KAFKA_TIMESTAMP_NOT_AVAILABLE;
        // SAFETY: the message is alive; the kind is written to a place of ours.
        let millis = unsafe { rdsys::rd_kafka_message_timestamp(self.raw, &raw mut kind) };
        (kind != rdsys::rd_kafka_timestamp_type_t::RD_KAFKA_TIMESTAMP_NOT_AVAILABLE && millis >= 0).then_some(millis)
    }

    /// Each header, in order; a value may be null.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&'a CStr, Option<&'a [u8]>)> + use<'a> {
        let mut headers = ptr::null_mut();
        // SAFETY: the message keeps its headers; nobody else reads the message now, which parses them on the first call.
        let code = unsafe { rdsys::rd_kafka_message_headers(self.raw, &raw mut headers) };
        let found = code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR && !headers.is_null();
        let mut index = 0;
        let of = PhantomData::<&'a rdsys::rd_kafka_message_t>;
        std::iter::from_fn(move || {
            _ = of;
            if !found {
                return None;
            }
            let (mut name, mut value, mut size) = (ptr::null(), ptr::null(), 0);
            // SAFETY: the headers live as long as their message; the three places are ours.
            let code = unsafe { rdsys::rd_kafka_header_get_all(headers, index, &raw mut name, &raw mut value, &raw mut size) };
            index += 1;
            // SAFETY: as above: name and value belong to the headers.
            (code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR).then(|| unsafe { (text(name), bytes(value, size)) })
        })
    }
}

/// # Safety
/// The pointer is null, or to text that ends with NUL and lives for `'a`.
unsafe fn text<'a>(text: *const c_char) -> &'a CStr {
    if text.is_null() {
        return c"";
    }
    // SAFETY: by contract.
    unsafe { CStr::from_ptr(text) }
}

/// # Safety
/// The pointer is null, or to as many bytes, which live for `'a` and are not written.
unsafe fn bytes<'a>(data: *const c_void, length: usize) -> Option<&'a [u8]> {
    // SAFETY: by contract.
    (!data.is_null()).then(|| unsafe { std::slice::from_raw_parts(data.cast(), length) })
}

/// The offset after a partition's last message, as the last fetch told it.
pub(crate) fn end_offset<C: ConsumerContext>(consumer: &BaseConsumer<C>, topic: &str, partition: i32) -> Option<i64> {
    let topic = CString::new(topic).ok()?;
    let (mut low, mut high) = (-1, -1);
    // SAFETY: the client is alive; the two places are ours. The call asks no broker.
    let code = unsafe {
        rdsys::rd_kafka_get_watermark_offsets(
            consumer.client().native_ptr(),
            topic.as_ptr(),
            partition,
            &raw mut low,
            &raw mut high,
        )
    };
    (code == RDKafkaRespErr::RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0).then_some(high)
}

/// Whether the group hands partitions over one by one, and not all at once.
pub(crate) fn is_cooperative<C: ConsumerContext>(consumer: &BaseConsumer<C>) -> bool {
    // SAFETY: the client is alive; the text is static.
    let protocol = unsafe { text(rdsys::rd_kafka_rebalance_protocol(consumer.client().native_ptr())) };
    protocol == c"COOPERATIVE"
}

/// Whether the consumer is a member of its group, as far as it knows: it has no id from when it was thrown out until it has joined again.
pub(crate) fn is_member<C: ConsumerContext>(consumer: &BaseConsumer<C>) -> bool {
    let client = consumer.client().native_ptr();
    // SAFETY: the client is alive; the text is owned, and given back.
    unsafe {
        let id = rdsys::rd_kafka_memberid(client);
        let is_member = !text(id).is_empty();
        if !id.is_null() {
            rdsys::rd_kafka_mem_free(client, id.cast());
        }
        is_member
    }
}
