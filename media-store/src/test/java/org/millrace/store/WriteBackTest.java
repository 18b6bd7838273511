package org.millrace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBackTest {

    @TempDir
    Path folder;

    @Test
    void a_disk_that_fails_is_told_at_the_end_and_only_then() throws IOException {
        WriteBack disk = new WriteBack(closed());

        disk.begin();

        assertThatThrownBy(disk::close).isInstanceOf(IOException.class);
        assertThatCode(disk::close).doesNotThrowAnyException();
    }

    @Test
    void what_goes_well_is_said_nothing_of_however_often_it_is_begun() throws IOException {
        try (FileChannel file = open();
                WriteBack disk = new WriteBack(file)) {
            for (int i = 0; i < 100; i++) {
                file.write(ByteBuffer.allocate(1000));
                disk.begin();
            }
        }
    }

    @Test
    void a_thread_that_is_interrupted_waits_all_the_same_and_stays_interrupted() throws IOException {
        try (FileChannel file = open()) {
            WriteBack disk = new WriteBack(file);
            disk.begin();
            Thread.currentThread().interrupt();
            disk.close();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private FileChannel closed() throws IOException {
        FileChannel file = open();
        file.close();
        return file;
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
