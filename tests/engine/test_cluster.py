"""The cluster: the same work, done by a real Dask scheduler and worker."""

import os
from pathlib import Path

import pytest
from distributed import LocalCluster

from studio.engine.cluster import Cluster
from studio.engine.crew import Crew, Stage
from studio.engine.desk import Desk


def nothing():
    pass


def process_of(_desk, number):
    return number, os.getpid()


@pytest.fixture
def cluster(tmp_path):
    with LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        local_directory=str(tmp_path),
    ) as local:
        cluster = Cluster(local.scheduler_address, nothing)
        yield cluster
        cluster.close()


@pytest.mark.enable_socket
def test_a_crew_works_through_a_cluster_as_through_processes(cluster, tmp_path):
    desk = Desk(tmp_path / "desk")
    desk.open()
    crew = Crew(cluster.executor, desk, lambda _: None, lambda: False, expected_cost=1.0)
    stages = [Stage(f"s{n}", "counting", 0.5, process_of, (n,)) for n in range(3)]
    assert {name: n for name, (n, _) in crew.run(stages).items()} == {"s0": 0, "s1": 1, "s2": 2}


@pytest.mark.enable_socket
def test_a_lost_connection_is_made_again(cluster):
    before = cluster.executor
    cluster.replace(before)
    assert cluster.executor is not before
    assert cluster.executor.submit(Path).result() == Path()
