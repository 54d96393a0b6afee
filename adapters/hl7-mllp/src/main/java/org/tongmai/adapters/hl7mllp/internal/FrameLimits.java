package org.tongmai.adapters.hl7mllp.internal;

import java.time.Duration;

/**
 * How much a connection may send.
 *
 * @param maxFrameSize bytes between the marks
 * @param readTimeout how long a frame may take from its start mark to its end mark
 */
public record FrameLimits(int maxFrameSize, Duration readTimeout) {}
