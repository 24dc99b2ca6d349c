import socket
import threading

from studio.listening import listen


def test_an_answer_in_two_pieces_is_not_held_back():
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_free_port_is_picked_and_heard():
    with listen("127.0.0.1", 0) as listener:
        heard = []

        def hear():
            accepted, _ = listener.accept()
            with accepted:
                heard.append(accepted.recv(2))

        thread = threading.Thread(target=hear)
        thread.start()
        with socket.create_connection(listener.getsockname()) as caller:
            caller.sendall(b"hi")
            thread.join(5)
    assert heard == [b"hi"]
