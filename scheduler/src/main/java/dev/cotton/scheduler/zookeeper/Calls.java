package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.core.port.StateStore.StateException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * Single requests to ZooKeeper, each with a limit and each sent at most once: a request that is sent again after a lost
 * connection would not know what the first one did. Thread-safe; blocks.
 */
final class Calls {
    private final CuratorFramework curator;
    private final Duration limit;
    private final Function<String, List<ACL>> access;

    /** What a node holds. */
    record Node(String text, Stat stat) {}

    /** @param access who may touch a new node, by path */
    Calls(CuratorFramework curator, Duration limit, Function<String, List<ACL>> access) {
        this.curator = curator;
        this.limit = limit;
        this.access = access;
    }

    /** What has no answer yet. */
    private static final class Reply<T> extends CompletableFuture<T> {
        void answer(int code, T value) {
            if (code == Code.OK.intValue()) {
                complete(value);
            } else {
                completeExceptionally(KeeperException.create(Code.get(code)));
            }
        }
    }

    @FunctionalInterface
    private interface Request<T> {
        void send(ZooKeeper session, Reply<T> reply);
    }

    /** Waits until this session's server knows all that was written before by anybody. */
    void sync(String path) {
        call(
                path,
                (ZooKeeper session, Reply<String> reply) ->
                        session.sync(path, (code, asked, context) -> reply.answer(code, path), path));
    }

    Optional<Node> read(String path) {
        try {
            return Optional.of(ask((ZooKeeper session, Reply<Node> reply) -> session.getData(
                    path,
                    false,
                    (code, asked, context, data, stat) ->
                            reply.answer(code, new Node(data == null ? "" : new String(data, UTF_8), stat)),
                    path)));
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (KeeperException e) {
            throw failed(path, e);
        }
    }

    /** The names of the nodes below {@code path}, sorted; empty when it is not there. */
    List<String> children(String path) {
        try {
            return ask((ZooKeeper session, Reply<List<String>> reply) -> session.getChildren(
                            path, false, (code, asked, context, names) -> reply.answer(code, names), path))
                    .stream()
                    .sorted()
                    .toList();
        } catch (KeeperException.NoNodeException e) {
            return List.of();
        } catch (KeeperException e) {
            throw failed(path, e);
        }
    }

    /** Makes a node unless it is there. */
    void create(String path, String text) {
        try {
            ask((ZooKeeper session, Reply<String> reply) -> session.create(
                    path,
                    text.getBytes(UTF_8),
                    access.apply(path),
                    CreateMode.PERSISTENT,
                    (code, asked, context, name) -> reply.answer(code, path),
                    path));
        } catch (KeeperException.NodeExistsException e) {
            return;
        } catch (KeeperException e) {
            throw failed(path, e);
        }
    }

    /** An operation of a transaction that makes a node. */
    Op creation(String path, byte[] data, CreateMode mode) {
        return Op.create(path, data, access.apply(path), mode);
    }

    /**
     * Does all of {@code operations} or none.
     *
     * @return the results, all of them good; or all of them as they were when one was refused
     * @throws OutcomeUnknownException when it is not known whether they were done
     */
    List<OpResult> transact(List<Op> operations) {
        try {
            return ask((ZooKeeper session, Reply<List<OpResult>> reply) -> session.multi(
                    operations,
                    (code, path, context, results) ->
                            reply.answer(results == null ? code : Code.OK.intValue(), results),
                    operations));
        } catch (KeeperException e) {
            throw new OutcomeUnknownException(
                    "The connection to ZooKeeper was lost while something was being written (" + e.code()
                            + "); it is read again before anything follows from it.",
                    e);
        }
    }

    private <T> T call(String path, Request<T> request) {
        try {
            return ask(request);
        } catch (KeeperException e) {
            throw failed(path, e);
        }
    }

    private <T> T ask(Request<T> request) throws KeeperException {
        Reply<T> reply = new Reply<>();
        try {
            request.send(curator.getZookeeperClient().getZooKeeper(), reply);
            return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KeeperException refused) {
                throw refused;
            }
            throw new StateException("ZooKeeper's client failed.", e);
        } catch (TimeoutException e) {
            throw KeeperException.create(Code.REQUESTTIMEOUT);
        } catch (KeeperException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KeeperException.create(Code.REQUESTTIMEOUT);
        } catch (Exception e) {
            throw new StateException("ZooKeeper's client failed.", e);
        }
    }

    private StateException failed(String path, KeeperException e) {
        return switch (e.code()) {
            case NOAUTH, AUTHFAILED, INVALIDACL ->
                new StateException(
                        "ZooKeeper does not allow it: " + path + " belongs to other credentials."
                                + " Give the user and password that it was made with in the ZooKeeper URL.",
                        e);
            default -> new StateException("ZooKeeper does not answer for " + path + " (" + e.code() + ").", e);
        };
    }
}
