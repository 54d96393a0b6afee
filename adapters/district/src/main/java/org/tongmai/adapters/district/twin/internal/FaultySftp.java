package org.tongmai.adapters.district.twin.internal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.tongmai.adapters.district.twin.Fault;

/**
 * Follows every file a client writes: hands renamed ones to the inbox, and lets the scripted faults happen. The fault
 * of a file is decided when it is opened, because clients send its parts without waiting for answers.
 */
public final class FaultySftp implements SftpEventListener {
    private final Inbox inbox;
    private final FaultPlan faults;
    private final Map<Handle, Fault> ofFile = new ConcurrentHashMap<>();

    public FaultySftp(Inbox inbox, FaultPlan faults) {
        this.inbox = inbox;
        this.faults = faults;
    }

    @Override
    public void opening(ServerSession session, String remoteHandle, Handle handle) throws IOException {
        if (!isWritten(handle)) {
            return;
        }
        if (Inbox.isComplete(handle.getFile().toString())) {
            throw new AccessDeniedException("complete files appear by renaming only");
        }
        if (faults.take(Fault.Kind.REFUSE_WRITE).isPresent()) {
            throw new AccessDeniedException("scripted fault");
        }
        faults.take(Fault.Kind.HALF_FILE)
                .or(() -> faults.take(Fault.Kind.DISK_FULL))
                .or(() -> faults.take(Fault.Kind.SLOW))
                .ifPresent(fault -> ofFile.put(handle, fault));
    }

    @Override
    public void writing(
            ServerSession session, String remoteHandle, FileHandle file, long offset, byte[] data, int from, int length)
            throws IOException {
        Optional<Fault> fault = Optional.ofNullable(ofFile.get(file));
        if (fault.isEmpty()) {
            return;
        }
        switch (fault.get().kind()) {
            case DISK_FULL ->
                throw new SftpException(SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, "No space left on device");
            case HALF_FILE -> {
                file.write(data, from, length / 2, offset);
                session.close(true);
                throw new IOException("scripted fault: the connection is cut");
            }
            default -> waitFor(session, length, fault.get().bytesPerSecond());
        }
    }

    @Override
    public void closed(ServerSession session, String remoteHandle, Handle handle, Throwable thrown) {
        ofFile.remove(handle);
    }

    @Override
    public void moved(
            ServerSession session, Path source, Path target, Collection<CopyOption> options, Throwable thrown) {
        if (thrown == null) {
            String name = target.toString().replace('\\', '/');
            inbox.renamed(name.startsWith("/") ? name.substring(1) : name);
        }
    }

    private static boolean isWritten(Handle handle) {
        return handle instanceof FileHandle file
                && (file.getOpenOptions().contains(StandardOpenOption.WRITE)
                        || file.getOpenOptions().contains(StandardOpenOption.APPEND));
    }

    private static void waitFor(ServerSession session, int bytes, long bytesPerSecond) {
        long until = System.nanoTime() + bytes * 1_000_000_000L / bytesPerSecond;
        for (long left = until - System.nanoTime();
                left > 0 && session.isOpen() && !Thread.currentThread().isInterrupted();
                left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, 100_000_000L));
        }
    }
}
